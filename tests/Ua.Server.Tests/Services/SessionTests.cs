using System.Security.Cryptography;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Services;

/// <summary>Sessions from their making to their end.</summary>
public sealed class SessionTests
{
    private static readonly NodeId s_currentTime = new(2258);

    [Fact]
    public async Task A_session_is_made_activated_used_and_closed()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        var created = await session.CreateAsync();
        created.RevisedSessionTimeout.ShouldBe(60_000);
        created.ServerCertificate.ShouldBe(server.Server.Der);
        created.ServerNonce!.Length.ShouldBeGreaterThanOrEqualTo(32);
        created.AuthenticationToken.IdType.ShouldBe(IdType.Opaque);
        created.ServerEndpoints.Length.ShouldBe(6);
        await session.ActivateAsync(TestUser.Anonymous);
        (await session.ReadAsync(s_currentTime)).Value.Value.ShouldBe(server.Time.GetUtcNow().UtcDateTime);
        await session.SendAsync<CloseSessionResponse>(new CloseSessionRequest(session.Header(), true));
        server.Closed.ShouldBe([session.Id]);
        (await session.FailAsync(new ReadRequest(session.Header(), 0, TimestampsToReturn.Both, []))).ShouldBe(StatusCodes.BadSessionIdInvalid);
    }

    [Fact]
    public async Task The_server_signs_the_clients_certificate_and_nonce()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        var request = session.CreateRequest();
        var created = await session.SendAsync<CreateSessionResponse>(request);
        var policy = SecurityPolicies.Basic256Sha256;
        var key = policy.PublicKeyOf(server.Server.Certificate.Der);
        policy.Verify(key, [.. server.Client.Der, .. request.ClientNonce!], created.ServerSignature.Signature).ShouldBeTrue();
    }

    [Fact]
    public async Task Tokens_nonces_and_ids_differ_from_session_to_session()
    {
        await using var server = await TestServer.StartAsync();
        var a = await server.Session().CreateAsync();
        var b = await server.Session().CreateAsync();
        a.AuthenticationToken.ShouldNotBe(b.AuthenticationToken);
        a.ServerNonce.ShouldNotBe(b.ServerNonce);
        a.SessionId.ShouldNotBe(b.SessionId);
    }

    [Fact]
    public async Task A_session_that_is_used_before_its_activation_is_closed()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        (await session.FailAsync(new BrowseNextRequest(session.Header(), false, [[1]]))).ShouldBe(StatusCodes.BadSessionNotActivated);
        (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSessionIdInvalid);
    }

    public static TheoryData<string, string> WrongCreations => new()
    {
        { "another certificate", "BadSecurityChecksFailed" },
        { "no certificate", "BadSecurityChecksFailed" },
        { "false uri", "BadCertificateUriInvalid" },
        { "no uri", "BadCertificateUriInvalid" },
        { "short nonce", "BadNonceInvalid" },
        { "no nonce", "BadNonceInvalid" },
        { "other server", "BadServerUriInvalid" },
    };

    [Theory]
    [MemberData(nameof(WrongCreations))]
    public async Task A_wrong_creation_is_refused(string what, string expected)
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        var request = session.CreateRequest();
        var status = await session.FailAsync(what switch
        {
            "another certificate" => request with { ClientCertificate = server.Server.Der },
            "no certificate" => request with { ClientCertificate = null },
            "false uri" => request with { ClientDescription = request.ClientDescription with { ApplicationUri = "urn:someone:else" } },
            "no uri" => request with { ClientDescription = request.ClientDescription with { ApplicationUri = null } },
            "short nonce" => request with { ClientNonce = new byte[31] },
            "no nonce" => request with { ClientNonce = null },
            _ => request with { ServerUri = "urn:other" },
        });
        status.ToString().ShouldBe(expected);
        server.Refusals.ShouldHaveSingleItem().StatusCode.ShouldBe(status);
        server.Sessions.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_channel_without_security_serves_discovery_only()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session(server.Channel(MessageSecurityMode.None));
        var found = await session.SendAsync<GetEndpointsResponse>(new GetEndpointsRequest(session.Header(), TestServer.Url, [], []));
        found.Endpoints.ShouldAllBe(e => e.SecurityMode != MessageSecurityMode.None);
        (await session.FailAsync(session.CreateRequest())).ShouldBe(StatusCodes.BadSecurityPolicyRejected);
    }

    [Fact]
    public async Task A_session_without_security_needs_an_endpoint_that_allows_it()
    {
        await using var server = await TestServer.StartAsync(o => o.Endpoints[0].AllowNone = true);
        var session = await server.ConnectAsync(new TestUser.PasswordUser("admin", "secret"), server.Channel(MessageSecurityMode.None));
        session.Created!.ServerSignature.Signature.ShouldBeNull();
        session.Created.ServerEndpoints.ShouldContain(e => e.SecurityMode == MessageSecurityMode.None);
        (await session.ReadAsync(s_currentTime)).Status.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task A_false_client_signature_is_refused_and_three_of_them_end_the_session()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        for (var i = 0; i < 3; i++)
            (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous, signer: server.Server))).ShouldBe(StatusCodes.BadApplicationSignatureInvalid);
        (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSessionIdInvalid);
    }

    [Fact]
    public async Task An_activation_cannot_be_replayed()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        var request = session.ActivateRequest(TestUser.Admin);
        await session.SendAsync<ActivateSessionResponse>(request);
        (await session.FailAsync(request)).ShouldBe(StatusCodes.BadApplicationSignatureInvalid);
    }

    [Fact]
    public async Task A_session_belongs_to_its_channel()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        session.Channel = server.Channel();
        (await session.FailAsync(new ReadRequest(session.Header(), 0, TimestampsToReturn.Both, [new ReadValueId(s_currentTime, 13)]))).ShouldBe(StatusCodes.BadSecureChannelIdInvalid);
        (await session.FailAsync(new CloseSessionRequest(session.Header(), true))).ShouldBe(StatusCodes.BadSecureChannelIdInvalid);
    }

    [Fact]
    public async Task A_session_survives_its_channel_and_goes_on_on_another_one_of_the_same_client()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        server.Get<Ua.Transport.IServiceDispatcher>().ChannelClosed(session.Channel);
        session.Channel = server.Channel();
        await session.ActivateAsync(TestUser.Anonymous);
        (await session.ReadAsync(s_currentTime)).Status.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task Another_client_cannot_take_a_session_over()
    {
        await using var server = await TestServer.StartAsync();
        var other = new TestIdentity("other", "b", server.Time);
        server.Trust.Publish(TestServer.Trusting(server.Client, other));
        var session = await server.ConnectAsync();
        session.Channel = server.Channel(client: other);
        (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous, signer: other))).ShouldBe(StatusCodes.BadSecurityChecksFailed);
        session.Channel = server.Channel(MessageSecurityMode.Sign);
        (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task The_first_activation_comes_on_the_channel_that_made_the_session()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        session.Channel = server.Channel();
        (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSecureChannelIdInvalid);
    }

    [Fact]
    public async Task A_silent_session_times_out_and_a_busy_one_does_not()
    {
        await using var server = await TestServer.StartAsync();
        var silent = await server.ConnectAsync();
        var busy = await server.ConnectAsync();
        for (var i = 0; i < 7; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(10));
            await busy.ReadAsync(s_currentTime);
        }

        server.Closed.ShouldBe([silent.Id]);
    }

    [Fact]
    public async Task A_session_that_is_never_activated_does_not_last()
    {
        await using var server = await TestServer.StartAsync();
        await server.Session().CreateAsync();
        server.Time.Advance(TimeSpan.FromSeconds(31));
        server.Sessions.Count.ShouldBe(0);
    }

    [Fact]
    public async Task One_client_cannot_take_all_sessions_and_an_idle_one_makes_room()
    {
        await using var server = await TestServer.StartAsync(o => o.Sessions = new SessionLimits { MaxSessionsPerClient = 2, MaxSessions = 3 });
        await server.ConnectAsync();
        var idle = server.Session();
        await idle.CreateAsync();
        await server.ConnectAsync();
        (await idle.FailAsync(idle.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSessionIdInvalid);
        var late = server.Session();
        (await late.FailAsync(late.CreateRequest())).ShouldBe(StatusCodes.BadTooManySessions);
        server.Sessions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_session_whose_channel_is_gone_makes_room_for_its_client_coming_back()
    {
        await using var server = await TestServer.StartAsync(o => o.Sessions = new SessionLimits { MaxSessionsPerClient = 2 });
        var lost = await server.ConnectAsync();
        var alive = await server.ConnectAsync();
        lost.Channel.Abort(StatusCodes.BadConnectionClosed, "The cable was pulled.");
        var back = await server.ConnectAsync();
        server.Sessions.Count.ShouldBe(2);
        await back.ReadAsync(s_currentTime);
        await alive.ReadAsync(s_currentTime);
    }

    [Fact]
    public async Task Sessions_that_nobody_activates_are_few_and_the_oldest_goes()
    {
        await using var server = await TestServer.StartAsync(o => o.Sessions = new SessionLimits { MaxSessionsNotActivated = 2 });
        var used = await server.ConnectAsync();
        var oldest = server.Session();
        await oldest.CreateAsync();
        var younger = server.Session();
        await younger.CreateAsync();
        var newest = server.Session();
        await newest.CreateAsync();
        (await oldest.FailAsync(oldest.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSessionIdInvalid);
        await younger.ActivateAsync(TestUser.Anonymous);
        await newest.ActivateAsync(TestUser.Anonymous);
        await used.ReadAsync(s_currentTime);
        server.Sessions.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Timeouts_are_brought_within_the_limits()
    {
        await using var server = await TestServer.StartAsync();
        (await server.Session().CreateAsync(r => r with { RequestedSessionTimeout = 1 })).RevisedSessionTimeout.ShouldBe(10_000);
        (await server.Session().CreateAsync(r => r with { RequestedSessionTimeout = 1e12 })).RevisedSessionTimeout.ShouldBe(3_600_000);
        (await server.Session().CreateAsync(r => r with { RequestedSessionTimeout = double.NaN })).RevisedSessionTimeout.ShouldBe(3_600_000);
    }

    [Fact]
    public async Task An_unknown_token_is_not_found()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        foreach (var token in new[] { NodeId.Null, new NodeId(1), new NodeId(RandomNumberGenerator.GetBytes(32), 0) })
        {
            session.Token = token;
            (await session.FailAsync(new CancelRequest(session.Header(), 1))).ShouldBe(StatusCodes.BadSessionIdInvalid);
            (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSessionIdInvalid);
        }
    }

    [Fact]
    public async Task A_first_contact_may_show_a_user_name_and_nothing_else()
    {
        await using var server = await TestServer.StartAsync(firstContact: FirstContactPolicy.Credentials);
        server.Trust.Publish(TrustLists.Empty);
        var session = server.Session();
        await session.CreateAsync();
        (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadIdentityTokenRejected);
        server.Refusals.ShouldHaveSingleItem().ClientApplicationUri.ShouldBe(server.Client.Uri);
        await session.ActivateAsync(TestUser.Admin);
        server.Users.Logins.ShouldHaveSingleItem().FirstContact.ShouldBeTrue();
        server.Sessions.Find(session.Token).Context.Roles.ShouldNotContain(WellKnownRoles.TrustedApplication);
    }

    [Fact]
    public async Task The_application_sees_who_is_there_and_can_end_their_sessions()
    {
        await using var server = await TestServer.StartAsync();
        var admin = await server.ConnectAsync(TestUser.Admin);
        var guest = await server.ConnectAsync(new TestUser.PasswordUser("guest", "gäst"));
        await server.Session().CreateAsync();
        var sessions = server.Get<Ua.Server.Sessions.UaServerSessions>();
        sessions.Activated.Select(s => s.User.Name).ShouldBe(["admin", "guest"], ignoreOrder: true);
        sessions.Close(s => s.User.Name == "guest").ShouldBe(1);
        (await guest.FailAsync(new CancelRequest(guest.Header(), 1))).ShouldBe(StatusCodes.BadSessionIdInvalid);
        (await admin.ReadAsync(s_currentTime)).Status.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task A_client_that_lost_trust_gets_no_session()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        server.Trust.Publish(TrustLists.Empty);
        (await session.FailAsync(session.ActivateRequest(TestUser.Anonymous))).ShouldBe(StatusCodes.BadSecurityChecksFailed);
        (await session.FailAsync(session.CreateRequest())).ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }
}

using System.Diagnostics;
using Ua.Client;
using Ua.Core;
using Ua.Security;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Nodes;
using Ua.Server.Sessions;
using Ua.Server.Tests.Kit;
using Ua.Transport;

namespace Ua.Server.Tests.Live;

/// <summary>Server and client of this stack on real sockets.</summary>
public sealed class LiveServerTests
{
    private static readonly NodeId s_currentTime = new(2258);

    public static TheoryData<string, MessageSecurityMode> Securities
    {
        get
        {
            var data = new TheoryData<string, MessageSecurityMode>();
            foreach (var policy in SecurityPolicies.All.Where(p => !p.IsNone))
            {
                data.Add(policy.Name, MessageSecurityMode.Sign);
                data.Add(policy.Name, MessageSecurityMode.SignAndEncrypt);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Securities))]
    public async Task A_client_connects_reads_and_browses_under_every_policy(string policy, MessageSecurityMode mode)
    {
        await using var server = await LiveServer.StartAsync();
        await using var session = await server.ConnectAsync(SecurityPolicies.ByUri(SecurityPolicies.Prefix + policy), mode);
        (await session.ReadValueAsync<DateTime>(s_currentTime)).ShouldBeGreaterThan(DateTime.UtcNow.AddMinutes(-1));
        (await session.BrowseAsync(new NodeId(85))).ShouldContain(r => r.BrowseName.Name == "Server");
    }

    [Theory]
    [InlineData(PasswordFormat.Legacy)]
    [InlineData(PasswordFormat.EncryptedSecret)]
    public async Task A_user_signs_in_with_a_password(PasswordFormat format)
    {
        await using var server = await LiveServer.StartAsync();
        await using var session = await server.ConnectAsync(user: Ua.Client.UserIdentity.Named("admin", "secret", format));
        server.Users.Logins.ShouldHaveSingleItem().ClientApplicationUri.ShouldBe(server.Client.Uri);
        var refused = await Should.ThrowAsync<UaException>(() => server.ConnectAsync(user: Ua.Client.UserIdentity.Named("admin", "wrong", format)));
        refused.StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task A_user_signs_in_with_a_certificate()
    {
        await using var server = await LiveServer.StartAsync();
        var person = new TestIdentity("person", "b", TimeProvider.System);
        server.Users.TrustedUser = person.Der;
        await using var session = await server.ConnectAsync(user: Ua.Client.UserIdentity.WithCertificate(new OwnCertificate(person.Der, person.Key.Rsa)));
        (await session.ReadValueAsync<DateTime>(s_currentTime)).ShouldNotBe(default);
    }

    [Fact]
    public async Task Values_and_events_reach_a_subscriber()
    {
        await using var server = await LiveServer.StartAsync();
        var level = server.Get<AddressSpace>().AddVariable(new NodeId(85), new VariableNode(new NodeId("Level", 1), new QualifiedName("Level", 1)) { DataType = new NodeId(6) });
        level.SetValue(1, DateTime.UtcNow);
        await using var session = await server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50) });
        var values = await subscription.MonitorAsync(level.Id);
        var events = await subscription.MonitorEventsAsync(
            new NodeId(2253), new EventFilter([new SimpleAttributeOperand(EventTypeIds.BaseEvent, [new QualifiedName("Message")], 13)], new ContentFilter([])));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await values.Reader.ReadAsync(limit.Token)).Value.Value.ShouldBe(1);
        level.SetValue(2, DateTime.UtcNow);
        server.Get<IEventSink>().Raise(new UaEvent(EventTypeIds.BaseEvent, new NodeId(2253), "Server", new LocalizedText("hello"), 1, DateTime.UtcNow));
        (await values.Reader.ReadAsync(limit.Token)).Value.Value.ShouldBe(2);
        (await events.Reader.ReadAsync(limit.Token))[0].ShouldBe(new LocalizedText("hello"));
    }

    [Fact]
    public async Task Endpoints_are_found_without_security_and_carry_the_certificate_of_the_channel()
    {
        await using var server = await LiveServer.StartAsync();
        var endpoints = await Discovery.GetEndpointsAsync(server.Url);
        endpoints.Length.ShouldBe(6);
        endpoints.ShouldAllBe(e => e.EndpointUrl == server.Url);
        endpoints[0].ServerCertificate.ShouldBe(server.ServerCertificate);
        (await Discovery.FindServersAsync(server.Url)).ShouldHaveSingleItem().DiscoveryUrls.ShouldBe([server.Url]);
    }

    [Fact]
    public async Task A_client_that_is_not_trusted_is_refused_and_kept_for_a_person()
    {
        await using var server = await LiveServer.StartAsync();
        var stranger = new TestIdentity("stranger", "b", TimeProvider.System);
        var refused = await Should.ThrowAsync<UaException>(() => server.ConnectAsync(client: stranger));
        refused.StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
        server.Get<SessionTable>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_without_a_channel_ends_too_when_its_client_is_trusted_no_more()
    {
        await using var server = await LiveServer.StartAsync();
        await using var session = await server.ConnectAsync(reconnects: false);
        server.Get<ServerChannels>().Abort(_ => true, StatusCodes.BadSecureChannelClosed, "The test cuts the channel.");
        var sessions = server.Get<UaServerSessions>();
        sessions.Activated.ShouldHaveSingleItem();
        File.Delete(server.TrustedFile);
        for (var attempt = 0; attempt < 1200 && sessions.Activated.Count > 0; attempt++) await Task.Delay(50, TestContext.Current.CancellationToken);
        sessions.Activated.ShouldBeEmpty();
        server.Get<Ua.Server.Services.ServerCounters>().TimedOutSessions.ShouldBe(0u);
    }

    [Fact]
    public async Task A_client_that_loses_trust_is_cut_off_within_five_seconds()
    {
        var closed = new ClosedSessions();
        await using var server = await LiveServer.StartAsync(services: s => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<ISessionObserver>(s, closed));
        await using var session = await server.ConnectAsync();
        var watch = Stopwatch.StartNew();
        File.Delete(server.TrustedFile);
        await closed.First.WaitAsync(TimeSpan.FromSeconds(20));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        server.Get<SessionTable>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_endpoint_is_where_a_client_connected_not_what_it_says()
    {
        await using var server = await LiveServer.StartAsync(o =>
        {
            o.Endpoints.Add(new UaEndpointOptions { Url = "opc.tcp://127.0.0.1:0", AllowNone = true });
        });
        var open = server.Get<UaServerEndpoints>().Urls[1];
        (await Discovery.GetEndpointsAsync(open)).ShouldContain(e => e.SecurityMode == MessageSecurityMode.None);
        await using var session = await server.ConnectAsync(SecurityPolicies.None, MessageSecurityMode.None, url: open);
        (await session.ReadValueAsync<DateTime>(s_currentTime)).ShouldNotBe(default);
        var catalog = server.Get<EndpointCatalog>();
        var strict = new FakeChannel(1, SecurityPolicies.None, MessageSecurityMode.None, null, null) { EndpointUrl = open, Endpoint = catalog.Endpoints[0].Listener };
        catalog.EndpointOf(strict).Offers(SecurityPolicies.None.Uri, MessageSecurityMode.None).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_that_takes_short_answers_only_gets_a_fault_for_a_longer_one()
    {
        const uint Limit = 2000;
        await using var server = await LiveServer.StartAsync(o =>
        {
            o.Endpoints.Clear();
            o.Endpoints.Add(new UaEndpointOptions { Url = "opc.tcp://127.0.0.1:0", AllowNone = true });
        });
        await using var channel = await ClientChannel.OpenAsync(new ClientChannelOptions { EndpointUrl = server.Url }, CancellationToken.None);
        var client = new ApplicationDescription("urn:short", "urn:test", new LocalizedText("short"), ApplicationType.Client, null, null, []);
        var created = await channel.SendAsync(new CreateSessionRequest(RequestHeader.Empty, client, null, server.Url, "short", null, null, 60_000, Limit), CancellationToken.None);
        var header = RequestHeader.Empty with { AuthenticationToken = created.AuthenticationToken };
        var anonymous = created.ServerEndpoints.First(e => e.SecurityMode == MessageSecurityMode.None).UserIdentityTokens.First(t => t.TokenType == UserTokenType.Anonymous);
        var noSignature = new SignatureData(null, null);
        await channel.SendAsync(new ActivateSessionRequest(header, noSignature, [], [], ExtensionObject.Of(new AnonymousIdentityToken(anonymous.PolicyId)), noSignature), CancellationToken.None);
        ReadRequest Times(int count) => new(header, 0, TimestampsToReturn.Both, [.. Enumerable.Repeat(new ReadValueId(s_currentTime, 13), count)]);
        (await Should.ThrowAsync<UaException>(channel.SendAsync(Times(200), CancellationToken.None))).StatusCode.ShouldBe(StatusCodes.BadResponseTooLarge);
        (await channel.SendAsync(Times(20), CancellationToken.None)).Results.Length.ShouldBe(20);
        await channel.SendAsync(new CloseSessionRequest(header, DeleteSubscriptions: true), CancellationToken.None);
    }

    private sealed class ClosedSessions : ISessionObserver
    {
        private readonly TaskCompletionSource<NodeId> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<NodeId> First => _first.Task;

        public void Activated(ICallContext session)
        {
        }

        public void Refused(SessionRefusal refusal)
        {
        }

        public void Closed(NodeId sessionId) => _first.TrySetResult(sessionId);
    }
}

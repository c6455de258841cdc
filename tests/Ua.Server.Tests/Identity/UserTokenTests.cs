using Ua.Core;
using Ua.Security;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Identity;

/// <summary>Users and what they show.</summary>
public sealed class UserTokenTests
{
    public static TheoryData<string, bool> Secrets
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var policy in SecurityPolicies.All.Where(p => !p.IsNone))
            {
                data.Add(policy.Name, false);
                data.Add(policy.Name, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_password_is_read_in_both_forms_under_every_policy(string policy, bool newForm)
    {
        await using var server = await TestServer.StartAsync();
        var channel = server.Channel(policy: SecurityPolicies.ByUri(SecurityPolicies.Prefix + policy));
        var session = await server.ConnectAsync(new TestUser.PasswordUser("guest", "gäst", newForm), channel);
        var context = server.Sessions.Find(session.Token).Context;
        context.User.ShouldBe(new UserIdentity(UserIdentityKind.UserName, "guest"));
        context.Roles.ShouldBe([WellKnownRoles.Anonymous, WellKnownRoles.AuthenticatedUser, WellKnownRoles.TrustedApplication], ignoreOrder: true);
    }

    [Fact]
    public async Task Null_characters_behind_a_password_do_not_count()
    {
        await using var server = await TestServer.StartAsync();
        await server.ConnectAsync(new TestUser.PasswordUser("admin", "secret\0\0\0"));
        server.Users.Logins.ShouldHaveSingleItem().Password.ShouldBe("secret");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_a_reason()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        var request = session.ActivateRequest(new TestUser.PasswordUser("admin", "guess"));
        var fault = (await server.DispatchAsync(session.Channel, request with { Header = request.Header with { ReturnDiagnostics = 7 } })).ShouldBeOfType<ServiceFault>();
        fault.Header.ServiceResult.ShouldBe(StatusCodes.BadUserAccessDenied);
        fault.ToException().Message.ShouldNotContain("password");
        var refusal = server.Refusals.ShouldHaveSingleItem();
        refusal.Reason.ShouldBe("wrong password");
        refusal.UserName.ShouldBe("admin");
    }

    [Fact]
    public async Task A_password_encrypted_for_an_earlier_nonce_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        var old = session.ActivateRequest(TestUser.Admin).UserIdentityToken;
        await session.ActivateAsync(TestUser.Anonymous);
        (await session.FailAsync(session.ActivateRequest(new TestUser.AnyToken(old)))).ShouldBe(StatusCodes.BadIdentityTokenInvalid);
        server.Users.Logins.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_user_certificate_counts_with_the_signature_of_its_key()
    {
        await using var server = await TestServer.StartAsync();
        var person = new TestIdentity("person", "b", server.Time);
        server.Users.TrustedUser = person.Der;
        var session = await server.ConnectAsync(new TestUser.CertificateUser(person));
        var context = server.Sessions.Find(session.Token).Context;
        context.User.Kind.ShouldBe(UserIdentityKind.Certificate);
        context.User.Certificate.ShouldBe(person.Der);
        context.Roles.ShouldContain(WellKnownRoles.Engineer);
    }

    [Fact]
    public async Task A_user_certificate_with_the_signature_of_another_key_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var person = new TestIdentity("person", "b", server.Time);
        server.Users.TrustedUser = person.Der;
        var session = server.Session();
        await session.CreateAsync();
        (await session.FailAsync(session.ActivateRequest(new TestUser.CertificateUser(person, Signer: server.Client)))).ShouldBe(StatusCodes.BadUserSignatureInvalid);
    }

    [Fact]
    public async Task An_unknown_user_certificate_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        (await session.FailAsync(session.ActivateRequest(new TestUser.CertificateUser(new TestIdentity("person", "b", server.Time))))).ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    public static TheoryData<string> InvalidTokens => ["unknown type", "unknown policy", "no user name", "clear password", "no body", "issued", "no certificate", "policy of another kind"];

    [Theory]
    [MemberData(nameof(InvalidTokens))]
    public async Task A_token_that_is_not_well_formed_is_invalid(string what)
    {
        await using var server = await TestServer.StartAsync();
        var session = server.Session();
        await session.CreateAsync();
        var token = what switch
        {
            "unknown type" => new ExtensionObject(new NodeId(4711), ExtensionObjectEncoding.Binary, [1]),
            "unknown policy" => ExtensionObject.Of(new AnonymousIdentityToken("other")),
            "no user name" => ExtensionObject.Of(new UserNameIdentityToken("username", "", [1], null)),
            "clear password" => ExtensionObject.Of(new UserNameIdentityToken("username", "admin", "secret"u8.ToArray(), null)),
            "no body" => new ExtensionObject(new NodeId(324), ExtensionObjectEncoding.Binary, [1, 2]),
            "issued" => ExtensionObject.Of(new IssuedIdentityToken("username", [1], null)),
            "no certificate" => ExtensionObject.Of(new X509IdentityToken("certificate", null)),
            _ => ExtensionObject.Of(new AnonymousIdentityToken("username")),
        };
        (await session.FailAsync(session.ActivateRequest(new TestUser.AnyToken(token)))).ShouldBe(StatusCodes.BadIdentityTokenInvalid);
    }

    [Fact]
    public async Task No_token_at_all_is_an_anonymous_user()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync(new TestUser.AnyToken(null));
        server.Sessions.Find(session.Token).Context.User.ShouldBe(UserIdentity.Anonymous);
    }

    [Fact]
    public async Task Anonymous_users_stay_out_where_they_are_not_offered()
    {
        await using var server = await TestServer.StartAsync(o => o.Endpoints[0].UserTokens.Remove(UserTokenType.Anonymous));
        var session = server.Session();
        await session.CreateAsync();
        (await session.FailAsync(session.ActivateRequest(new TestUser.AnyToken(null)))).ShouldBe(StatusCodes.BadIdentityTokenRejected);
    }

    [Fact]
    public async Task The_user_of_a_session_can_change()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        await session.ActivateAsync(TestUser.Admin);
        server.Sessions.Find(session.Token).Context.Roles.ShouldContain(WellKnownRoles.SecurityAdmin);
        await session.ActivateAsync(TestUser.Anonymous);
        server.Sessions.Find(session.Token).Context.Roles.ShouldNotContain(WellKnownRoles.SecurityAdmin);
    }
}

using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;

namespace Ua.Client.Tests.Discovery;

/// <summary>Which endpoint and which user token policy a client takes.</summary>
public sealed class EndpointChoiceTests
{
    private const string Url = "opc.tcp://localhost:4840";

    private static readonly TestPeer s_client = TestPeer.Client();

    [Fact]
    public void The_mode_counts_more_than_the_policy_and_both_more_than_the_servers_level()
    {
        var chosen = Choose(
            Endpoint("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign, level: 200),
            Endpoint("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, level: 1),
            Endpoint("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt, level: 0));
        chosen.SecurityMode.ShouldBe(MessageSecurityMode.SignAndEncrypt);
        chosen.SecurityPolicyUri.ShouldBe(SecurityPolicies.Aes128Sha256RsaOaep.Uri);
    }

    [Fact]
    public void The_servers_level_decides_between_equals() => Choose(
        Endpoint("Basic256Sha256", MessageSecurityMode.Sign, level: 1, path: "/a"), Endpoint("Basic256Sha256", MessageSecurityMode.Sign, level: 2, path: "/b"))
        .EndpointUrl!.ShouldEndWith("/b");

    [Fact]
    public void Endpoints_without_security_are_taken_only_where_they_are_asked_for()
    {
        var none = Endpoint("None", MessageSecurityMode.None);
        Should.Throw<UaException>(() => Choose(none)).StatusCode.ShouldBe(StatusCodes.BadSecurityPolicyRejected);
        EndpointChoice.Choose([none], Options(mode: MessageSecurityMode.None)).ShouldBe(none);
    }

    [Fact]
    public void Policies_and_transports_that_are_not_spoken_here_are_passed_over()
    {
        var good = Endpoint("Basic256Sha256", MessageSecurityMode.Sign);
        Choose(
            Endpoint("Basic128Rsa15", MessageSecurityMode.SignAndEncrypt),
            Endpoint("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with { TransportProfileUri = "http://opcfoundation.org/UA-Profile/Transport/https-uabinary" },
            Endpoint("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with { EndpointUrl = "opc.https://localhost" },
            Endpoint("Basic256Sha256", MessageSecurityMode.None),
            Endpoint("None", MessageSecurityMode.Sign),
            good).ShouldBe(good);
    }

    [Fact]
    public void Without_a_certificate_nothing_secured_fits()
    {
        var options = new SessionOptions { EndpointUrl = Url, Application = new ClientApplication("x", null, "urn:x") };
        Should.Throw<UaException>(() => EndpointChoice.Choose([Endpoint("Basic256Sha256", MessageSecurityMode.Sign)], options))
            .StatusCode.ShouldBe(StatusCodes.BadSecurityPolicyRejected);
    }

    [Fact]
    public void What_does_not_fit_is_explained()
    {
        var error = Should.Throw<UaException>(() => EndpointChoice.Choose([Endpoint("Basic256Sha256", MessageSecurityMode.Sign)], Options(mode: MessageSecurityMode.SignAndEncrypt)));
        error.StatusCode.ShouldBe(StatusCodes.BadSecurityModeRejected);
        error.Message.ShouldContain("Sign/Basic256Sha256");
    }

    [Fact]
    public void An_endpoint_that_takes_the_user_goes_before_a_stronger_one_that_does_not()
    {
        var anonymousOnly = Endpoint("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, tokens: [new UserTokenPolicy("0", UserTokenType.Anonymous)]);
        var named = Endpoint("Basic256Sha256", MessageSecurityMode.Sign, tokens: [new UserTokenPolicy("1", UserTokenType.UserName)]);
        EndpointChoice.Choose([anonymousOnly, named], Options(user: UserIdentity.Named("a", "b"))).ShouldBe(named);
        Should.Throw<UaException>(() => EndpointChoice.Choose([anonymousOnly], Options(user: UserIdentity.Named("a", "b"))))
            .StatusCode.ShouldBe(StatusCodes.BadIdentityTokenRejected);
    }

    [Theory]
    [InlineData("None", MessageSecurityMode.None, null, false)]
    [InlineData("None", MessageSecurityMode.None, "None", false)]
    [InlineData("None", MessageSecurityMode.None, "Basic256Sha256", true)]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign, "None", false)]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign, null, true)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, "None", true)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, "Unknown", false)]
    public void A_password_never_travels_in_clear(string channel, MessageSecurityMode mode, string? token, bool usable)
    {
        var policy = new UserTokenPolicy("1", UserTokenType.UserName, SecurityPolicyUri: token is null ? null : SecurityPolicies.Prefix + token);
        (UserIdentity.Named("a", "b").FindPolicy(Endpoint(channel, mode, tokens: [policy])) is not null).ShouldBe(usable);
        (UserIdentity.WithIssuedToken([1]).FindPolicy(Endpoint(channel, mode, tokens: [policy with { TokenType = UserTokenType.IssuedToken }])) is not null).ShouldBe(usable);
    }

    [Fact]
    public void The_strongest_token_policy_is_taken()
    {
        UserTokenPolicy[] policies =
        [
            new("clear", UserTokenType.UserName, SecurityPolicyUri: SecurityPolicies.None.Uri),
            new("strong", UserTokenType.UserName, SecurityPolicyUri: SecurityPolicies.Aes256Sha256RsaPss.Uri),
            new("channel", UserTokenType.UserName),
        ];
        UserIdentity.Named("a", "b").FindPolicy(Endpoint("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, tokens: policies))!.PolicyId.ShouldBe("strong");
    }

    [Fact]
    public void A_user_certificate_is_shown_only_where_something_is_signed()
    {
        var user = UserIdentity.WithCertificate(new OwnCertificate(s_client.Der, s_client.Key.Rsa));
        user.FindPolicy(Endpoint("Basic256Sha256", MessageSecurityMode.Sign, tokens: [new UserTokenPolicy("1", UserTokenType.Certificate)])).ShouldNotBeNull();
        user.FindPolicy(Endpoint("None", MessageSecurityMode.None, tokens: [new UserTokenPolicy("1", UserTokenType.Certificate)])).ShouldBeNull();
    }

    [Fact]
    public void Endpoints_of_discovery_and_session_are_the_same_whatever_host_and_order_they_name()
    {
        EndpointDescription a = Endpoint("Basic256Sha256", MessageSecurityMode.Sign), b = Endpoint("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign);
        EndpointComparison.ExpectSame([a, b], [b with { EndpointUrl = "opc.tcp://other:1" }, a with { ServerCertificate = null }]);
        var https = a with { EndpointUrl = "https://localhost" };
        EndpointComparison.ExpectSame([a, https], [a]);
        Should.Throw<UaException>(() => EndpointComparison.ExpectSame([a], [a, b])).Message.ShouldContain("did not show");
        Should.Throw<UaException>(() => EndpointComparison.ExpectSame([a, b], [a])).Message.ShouldContain("does not have");
        Should.Throw<UaException>(() => EndpointComparison.ExpectSame([a], [a with { SecurityLevel = 9 }]));
    }

    private static EndpointDescription Choose(params EndpointDescription[] endpoints) => EndpointChoice.Choose(endpoints, Options());

    private static SessionOptions Options(MessageSecurityMode? mode = null, UserIdentity? user = null) => new()
    {
        EndpointUrl = Url,
        Application = new ClientApplication("x", new FixedApplicationIdentity(s_client.AsIdentity())),
        SecurityMode = mode,
        User = user ?? UserIdentity.Anonymous,
    };

    private static EndpointDescription Endpoint(string policy, MessageSecurityMode mode, byte level = 0, string path = "", UserTokenPolicy[]? tokens = null) => new(
        Url + path,
        new ApplicationDescription("urn:server", null, default, ApplicationType.Server, null, null, []),
        [0x30],
        mode,
        SecurityPolicies.Prefix + policy,
        tokens ?? [new UserTokenPolicy("0", UserTokenType.Anonymous)],
        EndpointChoice.UaTcpTransport,
        level);
}

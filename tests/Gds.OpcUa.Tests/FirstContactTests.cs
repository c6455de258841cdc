using Ua.Client;
using Ua.Core;
using Ua.Security;

namespace Gds.OpcUa.Tests;

/// <summary>Whom the endpoint lets in (first contact by credentials, the default).</summary>
public sealed class FirstContactTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_application_needs_a_user() =>
        await gds.ConnectAsync(new TestApplication("urn:localhost:unknown")).ShouldFailAsync(StatusCodes.BadIdentityTokenRejected);

    [Theory]
    [InlineData("discovery", "wrong")]
    [InlineData("somebody", GdsFixture.Password)]
    [InlineData("token:3f0e4ad8-8be8-4f0a-9b1f-6f2b5e0b3b6d", "c2VjcmV0")]
    public async Task A_wrong_user_is_refused_without_a_reason(string name, string password)
    {
        var text = await gds.ConnectAsync(gds.Console, UserIdentity.Named(name, password)).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        text.ShouldNotContain("password");
    }

    public static TheoryData<string, MessageSecurityMode> Offers() => new(
        from policy in SecurityPolicies.All
        where !policy.IsNone
        from mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt }
        select (policy.Name, mode));

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task A_user_comes_in_by_every_policy_and_mode(string policy, MessageSecurityMode mode)
    {
        await using var session = await gds.ConnectAsync(
            gds.Console, UserIdentity.Named("discovery", GdsFixture.Password), mode, SecurityPolicies.ByUri(SecurityPolicies.Prefix + policy));
        (await session.ReadValueAsync<int>(VariableIds.ServerStatusState, Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Without_security_there_is_discovery_only()
    {
        var endpoints = await Discovery.GetEndpointsAsync(gds.Url, new DiscoveryOptions(), Ct);
        endpoints.ShouldAllBe(e => e.SecurityMode != MessageSecurityMode.None);
        endpoints.Length.ShouldBe(6);
        endpoints.ShouldAllBe(e => e.UserIdentityTokens.Any(t => t.TokenType == UserTokenType.UserName));
        await gds.ConnectAsync(gds.Console, null, MessageSecurityMode.None, SecurityPolicies.None).ShouldFailAsync(StatusCodes.BadSecurityModeRejected);
    }
}

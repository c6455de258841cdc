using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Services;

/// <summary>What the server tells of itself before there is a session.</summary>
public sealed class DiscoveryTests
{
    private static async Task<EndpointDescription[]> EndpointsAsync(TestServer server, string? url, params string?[] profiles)
    {
        var session = server.Session(server.Channel(MessageSecurityMode.None));
        return (await session.SendAsync<GetEndpointsResponse>(new GetEndpointsRequest(session.Header(), url, [], profiles))).Endpoints;
    }

    [Fact]
    public async Task Every_policy_is_offered_in_every_mode_the_stronger_the_higher()
    {
        await using var server = await TestServer.StartAsync();
        var endpoints = await EndpointsAsync(server, TestServer.Url);
        endpoints.Select(e => (e.SecurityPolicyUri!.Split('#')[1], e.SecurityMode)).ShouldBe(
        [
            ("Basic256Sha256", MessageSecurityMode.Sign), ("Basic256Sha256", MessageSecurityMode.SignAndEncrypt),
            ("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign), ("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt),
            ("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign), ("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt),
        ]);
        endpoints.MaxBy(e => e.SecurityLevel)!.SecurityPolicyUri.ShouldEndWith("RsaPss");
        endpoints.Where(e => e.SecurityMode == MessageSecurityMode.Sign).Max(e => e.SecurityLevel)
            .ShouldBeLessThan(endpoints.Where(e => e.SecurityMode == MessageSecurityMode.SignAndEncrypt).Min(e => e.SecurityLevel));
        foreach (var endpoint in endpoints) endpoint.ServerCertificate.ShouldBe(server.Server.Der);
        endpoints.ShouldAllBe(e => e.Server.ApplicationUri == server.Server.Uri);
        endpoints.ShouldAllBe(e => e.UserIdentityTokens.Length == 3);
    }

    [Theory]
    [InlineData("opc.tcp://localhost:48400", "opc.tcp://localhost:48400")]
    [InlineData("opc.tcp://127.0.0.1:48400/", "opc.tcp://127.0.0.1:48400")]
    [InlineData("opc.tcp://[::1]:9", "opc.tcp://[::1]:48400")]
    [InlineData("opc.tcp://evil.example:48400", "opc.tcp://localhost:48400")]
    [InlineData("nonsense", "opc.tcp://localhost:48400")]
    [InlineData(null, "opc.tcp://localhost:48400")]
    [InlineData("opc.tcp://gate.example:7000", "opc.tcp://gate.example:7000")]
    public async Task The_urls_fit_where_the_client_came_from(string? asked, string expected)
    {
        await using var server = await TestServer.StartAsync(o => o.Endpoints[0].AlternateUrls.Add("opc.tcp://gate.example:7000"));
        (await EndpointsAsync(server, asked)).ShouldContain(e => e.EndpointUrl == expected);
        var session = server.Session(server.Channel(MessageSecurityMode.None));
        var found = await session.SendAsync<FindServersResponse>(new FindServersRequest(session.Header(), asked, [], []));
        found.Servers.ShouldHaveSingleItem().DiscoveryUrls.ShouldContain(expected);
    }

    [Fact]
    public async Task Filters_are_applied()
    {
        await using var server = await TestServer.StartAsync();
        (await EndpointsAsync(server, TestServer.Url, EndpointCatalog.TransportProfile)).Length.ShouldBe(6);
        (await EndpointsAsync(server, TestServer.Url, "http://other")).ShouldBeEmpty();
        var session = server.Session(server.Channel(MessageSecurityMode.None));
        (await session.SendAsync<FindServersResponse>(new FindServersRequest(session.Header(), null, [], [server.Server.Uri]))).Servers.Length.ShouldBe(1);
        (await session.SendAsync<FindServersResponse>(new FindServersRequest(session.Header(), null, [], ["urn:other"]))).Servers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_is_told_the_same_endpoints_as_discovery()
    {
        await using var server = await TestServer.StartAsync();
        var created = await server.Session().CreateAsync();
        var found = await EndpointsAsync(server, TestServer.Url);
        created.ServerEndpoints.Select(ExtensionObject.Of).ShouldBe(found.Select(ExtensionObject.Of));
    }

    [Fact]
    public async Task Secrets_have_a_policy_of_their_own_where_the_channel_protects_nothing()
    {
        await using var server = await TestServer.StartAsync(o => o.Endpoints[0].AllowNone = true);
        var none = (await EndpointsAsync(server, TestServer.Url)).Single(e => e.SecurityMode == MessageSecurityMode.None);
        none.UserIdentityTokens.Where(t => t.TokenType != UserTokenType.Anonymous).ShouldAllBe(t => t.SecurityPolicyUri!.EndsWith("#Basic256Sha256"));
        none.ServerCertificate.ShouldNotBeNull();
        none.SecurityLevel.ShouldBe((byte)0);
    }
}

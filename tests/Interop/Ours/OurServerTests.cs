using System.Text.Json.Nodes;
using Interop.Driving;
using Ua.Core;

namespace Interop.Ours;

/// <summary>A foreign client against our server.</summary>
public sealed class OurServerTests(OurServer server) : IClassFixture<OurServer>, IAsyncLifetime
{
    private const string Counter = "ns=1;s=Counter";
    private readonly NodeClient _client = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Theory]
    [InlineData("Basic256Sha256", "Sign")]
    [InlineData("Basic256Sha256", "SignAndEncrypt")]
    [InlineData("Aes128_Sha256_RsaOaep", "Sign")]
    [InlineData("Aes128_Sha256_RsaOaep", "SignAndEncrypt")]
    [InlineData("Aes256_Sha256_RsaPss", "Sign")]
    [InlineData("Aes256_Sha256_RsaPss", "SignAndEncrypt")]
    public async Task It_connects_with_a_password_and_reads(string policy, string mode)
    {
        (await _client.ConnectAsync(server.Options(policy, mode) with { User = OurServer.User, Password = OurServer.Password }, Ct)).Connected.ShouldBeTrue();
        (await _client.ReadAsync("i=2259", ct: Ct)).As<int>().ShouldBe(0);
        (await _client.ChangeUserToAnonymousAsync(Ct)).ShouldBe("Good");
    }

    [Fact]
    public async Task It_finds_the_endpoints_and_is_refused_without_security()
    {
        var endpoints = await _client.GetEndpointsAsync(server.Url, server.Options().PkiFolder, Ct);
        endpoints.Length.ShouldBe(6);
        endpoints.ShouldAllBe(e => e.EndpointUrl == server.Url && e.UserTokens.Length == 3);
        (await _client.FindServersAsync(server.Url, server.Options().PkiFolder, ct: Ct)).ShouldHaveSingleItem().ApplicationUri.ShouldBe(server.Certificate.ApplicationUri);
        await Should.ThrowAsync<PeerProblem>(_client.ConnectAsync(server.Options("None", "None") with { EndpointMustExist = false }, Ct));
    }

    [Fact]
    public async Task Wrong_users_are_refused_and_one_with_a_certificate_comes_in()
    {
        (await Should.ThrowAsync<PeerProblem>(_client.ConnectAsync(server.Options() with { User = OurServer.User, Password = "guess" }, Ct)))
            .StatusCode.ShouldBe("BadUserAccessDenied");
        await using var other = new NodeClient();
        (await other.ConnectAsync(
            server.Options() with { UserCertificateFile = server.UserCertificate.CertificateFile, UserPrivateKeyFile = server.UserCertificate.PrivateKeyFile }, Ct))
            .Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task It_browses_in_parts_and_follows_paths()
    {
        await _client.ConnectAsync(server.Options(), Ct);
        var all = await _client.BrowseAsync("i=2253", ct: Ct);
        var parts = await _client.BrowseAsync("i=2253", maxReferences: 3, ct: Ct);
        parts.Pages.ShouldBeGreaterThan(2);
        parts.References.Select(r => r.NodeId).ShouldBe(all.References.Select(r => r.NodeId));
        (await _client.TranslateAsync("/Objects/Server/ServerStatus/CurrentTime", ct: Ct)).Targets.ShouldHaveSingleItem().NodeId.ShouldBe("ns=0;i=2258");
    }

    [Fact]
    public async Task It_discovers_our_types_and_calls_with_a_structure_built_from_them()
    {
        await _client.ConnectAsync(server.Options() with { User = OurServer.User, Password = OurServer.Password }, Ct);
        var record = await _client.DataTypeAsync("nsu=http://opcfoundation.org/UA/GDS/;i=1", Ct);
        record.Type!.Fields.Select(f => f.Name).ShouldContain("ApplicationUri");
        var outputs = await _client.CallGoodAsync(
            "nsu=http://opcfoundation.org/UA/GDS/;i=141",
            "nsu=http://opcfoundation.org/UA/GDS/;i=146",
            NodeVariant.Structure("nsu=http://opcfoundation.org/UA/GDS/;i=1", new JsonObject { ["applicationUri"] = "urn:somewhere", ["productUri"] = "urn:product" }));
        outputs.ShouldHaveSingleItem().As<string>().ShouldBe("ns=1;s=registered");
        server.Registered!.TypeId.Numeric.ShouldBe(134u);
        System.Text.Encoding.UTF8.GetString(server.Registered.Body!).ShouldContain("urn:somewhere");
    }

    [Fact]
    public async Task It_calls_methods_and_is_told_what_was_wrong()
    {
        await _client.ConnectAsync(server.Options(), Ct);
        (await _client.CallGoodAsync("ns=1;s=Plant", "ns=1;s=Add", NodeVariant.Int32(2), NodeVariant.Int32(40))).ShouldHaveSingleItem().As<int>().ShouldBe(42);
        (await _client.CallAsync("ns=1;s=Plant", "ns=1;s=Add", NodeVariant.Int32(2))).StatusCode.ShouldBe("BadArgumentsMissing");
        (await _client.CallAsync("ns=1;s=Plant", "ns=1;s=Add", NodeVariant.Int32(2), NodeVariant.Int32(3), NodeVariant.Int32(4))).StatusCode.ShouldBe("BadTooManyArguments");
        var wrong = await _client.CallAsync("ns=1;s=Plant", "ns=1;s=Add", NodeVariant.Int32(2), NodeVariant.String("x"));
        wrong.StatusCode.ShouldBe("BadInvalidArgument");
        wrong.InputArgumentResults.ShouldBe(["Good", "BadTypeMismatch"]);
        (await _client.CallAsync("i=2253", "ns=1;s=Add", NodeVariant.Int32(2), NodeVariant.Int32(3))).StatusCode.ShouldBe("BadMethodInvalid");
        (await _client.WriteAsync(Counter, NodeVariant.Int32(7), ct: Ct)).ShouldBe("Good");
        (await _client.WriteAsync(Counter, NodeVariant.String("x"), ct: Ct)).ShouldBe("BadTypeMismatch");
        (await _client.WriteAsync("i=2258", NodeVariant.DateTime(DateTime.UnixEpoch), ct: Ct)).ShouldBe("BadNotWritable");
    }

    [Fact]
    public async Task It_receives_values_keep_alives_and_events()
    {
        await _client.ConnectAsync(server.Options(), Ct);
        server.Count(100);
        var values = await _client.SubscribeAsync([new NodeMonitor(Counter) { SamplingInterval = 0, QueueSize = 10 }], maxKeepAliveCount: 2, ct: Ct);
        values.Items.ShouldHaveSingleItem().StatusCode.ShouldBe("Good");
        (await _client.CollectAsync(count: 1, subscription: values.Subscription, ct: Ct)).Values[0].As<int>().ShouldBe(100);
        foreach (var value in new[] { 101, 102, 103 }) server.Count(value);
        (await _client.CollectAsync(count: 3, subscription: values.Subscription, ct: Ct)).Values.Select(v => v.As<int>()).ShouldBe([101, 102, 103]);
        (await _client.CollectAsync(keepAlives: 2, subscription: values.Subscription, ct: Ct)).Values.ShouldBeEmpty();

        var events = await _client.SubscribeEventsAsync(select: ["Message", "Severity", "SourceName", "EventId"], ct: Ct);
        server.Raise("valve open", 700);
        var fields = (await _client.CollectAsync(events: 1, subscription: events.Subscription, ct: Ct)).Events.ShouldHaveSingleItem().Fields;
        fields["Message"].Value!["text"]!.GetValue<string>().ShouldBe("valve open");
        fields["Severity"].As<int>().ShouldBe(700);
        fields["SourceName"].As<string>().ShouldBe("Server");
        fields["EventId"].Bytes()!.Length.ShouldBe(16);
    }

    [Fact]
    public async Task Its_session_survives_a_broken_socket_with_its_subscription()
    {
        await _client.ConnectAsync(server.Options() with { Reconnect = true, KeepSessionAlive = true }, Ct);
        var session = (await _client.StatusAsync(Ct)).SessionId;
        server.Count(1);
        var values = await _client.SubscribeAsync([new NodeMonitor(Counter) { SamplingInterval = 0, QueueSize = 10 }], ct: Ct);
        await _client.CollectAsync(count: 1, subscription: values.Subscription, ct: Ct);
        var after = await _client.KillAndReconnectAsync(ct: Ct);
        after.SessionId.ShouldBe(session);
        server.Count(2);
        (await _client.CollectAsync(count: 1, subscription: values.Subscription, ct: Ct)).Values[^1].As<int>().ShouldBe(2);
    }

    [Fact]
    public async Task It_renews_its_token()
    {
        var before = await _client.ConnectAsync(server.Options() with { TokenLifetime = 10_000, KeepSessionAlive = true }, Ct);
        var after = await _client.WaitForAsync("tokensRenewed", timeout: TimeSpan.FromSeconds(15), ct: Ct);
        after.TokenId.ShouldNotBe(before.TokenId);
        (await _client.ReadAsync("i=2259", ct: Ct)).As<int>().ShouldBe(0);
    }
}

using System.Text.Json.Nodes;
using Interop.Driving;
using TestKit;

namespace Interop;

/// <summary>The foreign client against the foreign server: when one of these fails, the harness is broken and not the product.</summary>
public sealed class ForeignPeersTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly NodeClient _client = new();
    private PeerCertificate _serverCertificate = null!;
    private PeerCertificate _clientCertificate = null!;
    private NodeServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NodeConnect Secured => new()
    {
        EndpointUrl = _server.EndpointUrl,
        PkiFolder = _folder.File("client-pki"),
        Policy = "Basic256Sha256",
        Mode = "SignAndEncrypt",
        CertificateFile = _clientCertificate.CertificateFile,
        PrivateKeyFile = _clientCertificate.PrivateKeyFile,
    };

    public async ValueTask InitializeAsync()
    {
        _serverCertificate = PeerFolder.SelfSigned(_folder.FullPath, "server", "urn:localhost:interop:server");
        _clientCertificate = PeerFolder.SelfSigned(_folder.FullPath, "client", "urn:localhost:interop:client");
        PeerFolder.Trust(_folder.File("client-pki"), _serverCertificate.Der);
        _server = await NodeServer.StartAsync(
            new()
            {
                PkiFolder = _folder.File("server-pki"),
                CertificateFile = _serverCertificate.CertificateFile,
                PrivateKeyFile = _serverCertificate.PrivateKeyFile,
                Users = new() { ["operator"] = "secret" },
            },
            Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_stranger_is_refused_until_the_trust_folder_holds_it()
    {
        (await Should.ThrowAsync<PeerProblem>(_client.ConnectAsync(Secured, Ct))).StatusCode.ShouldBe("BadSecurityChecksFailed");
        (await _server.VerifyAsync(_clientCertificate.CertificateFile, Ct)).ShouldBe("BadCertificateUntrusted");

        PeerFolder.Trust(_folder.File("server-pki"), _clientCertificate.Der);
        await _server.ReloadTrustAsync(Ct);

        (await _server.VerifyAsync(_clientCertificate.CertificateFile, Ct)).ShouldBe("Good");
        (await _client.ConnectAsync(Secured, Ct)).Connected.ShouldBeTrue();
        (await _client.ChangeUserAsync("operator", "secret", Ct)).ShouldBe("Good");
    }

    [Fact]
    public async Task Values_methods_and_types_pass_through_the_driver()
    {
        await ConnectedAsync();

        (await _client.CallGoodAsync(NodeServer.Plant("Plant"), NodeServer.Plant("Add"), NodeVariant.Int32(2), NodeVariant.Int32(3))).Single().As<int>().ShouldBe(5);
        (await Should.ThrowAsync<PeerProblem>(_client.CallGoodAsync(NodeServer.Plant("Plant"), NodeServer.Plant("Refuse")))).StatusCode.ShouldBe("BadInvalidState");
        (await _client.WriteAsync(NodeServer.Plant("Range"), NodeVariant.Structure("i=884", new JsonObject { ["low"] = 1, ["high"] = 2 }), ct: Ct)).ShouldBe("Good");
        (await _server.GetValueAsync(NodeServer.Plant("Range"), Ct)).Variant.Fields()["high"]!.GetValue<double>().ShouldBe(2);
        (await _client.WriteAsync(NodeServer.Plant("Double"), NodeVariant.Double(double.NaN), ct: Ct)).ShouldBe("Good");
        (await _client.ReadAsync(NodeServer.Plant("Double"), ct: Ct)).As<double>().ShouldBe(double.NaN);
        await _server.SetValueAsync(NodeServer.Plant("Int64"), new("Int64", "-9007199254740993"), ct: Ct);
        (await _client.ReadManyAsync([NodeServer.Plant("Int64"), NodeServer.Plant("Nothing")], Ct))
            .Select(value => value.StatusCode).ShouldBe(["Good", "BadNodeIdUnknown"]);
        (await _client.ReadAsync(NodeServer.Plant("Int64"), ct: Ct)).As<long>().ShouldBe(-9007199254740993);
        (await _client.DataTypeAsync("i=884", Ct)).Type!.Fields.Select(field => field.Name).ShouldBe(["Low", "High"]);
        (await _client.RequestAsync("RegisterNodesRequest", new { nodesToRegister = new[] { "i=85" } }, Ct))["registeredNodeIds"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Browsing_and_discovery_pass_through_the_driver()
    {
        await ConnectedAsync();

        var paged = await _client.BrowseAsync(NodeServer.Plant("Plant"), maxReferences: 3, ct: Ct);
        paged.Pages.ShouldBeGreaterThan(3);
        var found = await _client.TranslateAsync($"/Objects/nsu={NodeServer.PlantUri};Plant/nsu={NodeServer.PlantUri};Int32", ct: Ct);
        found.Targets.Single().NodeId.ShouldBe(paged.References.Single(reference => reference.BrowseName.Name == "Int32").NodeId);
        var first = await _client.BrowseAsync(NodeServer.Plant("Plant"), maxReferences: 3, follow: false, ct: Ct);
        (await _client.BrowseNextAsync(first.ContinuationPoint.ShouldNotBeNull(), ct: Ct)).References.Length.ShouldBe(3);
        (await _client.GetEndpointsAsync(_server.EndpointUrl, _folder.File("client-pki"), Ct)).Select(endpoint => endpoint.Mode)
            .ShouldBe(["None", "Sign", "SignAndEncrypt"], ignoreOrder: true);
        (await _client.FindServersAsync(_server.EndpointUrl, _folder.File("client-pki"), ct: Ct)).Single().ApplicationUri.ShouldBe(_serverCertificate.ApplicationUri);
        (await _client.NamespacesAsync(Ct)).ShouldContain(NodeServer.PlantUri);
    }

    [Fact]
    public async Task Subscriptions_live_on_through_a_broken_socket_and_renewed_tokens()
    {
        await ConnectedAsync(Secured with { Reconnect = true, TokenLifetime = 2000 });
        var detail = $"nsu={NodeServer.PlantUri};Detail";
        var values = await _client.SubscribeAsync([new(NodeServer.Plant("Counter")) { SamplingInterval = 50 }], ct: Ct);
        var events = await _client.SubscribeEventsAsync(select: ["Message", detail], ofType: NodeServer.Plant("PlantEventType"), typeDefinition: NodeServer.Plant("PlantEventType"), ct: Ct);

        (await _client.CollectAsync(count: 2, subscription: values.Subscription, ct: Ct)).Values.ShouldAllBe(value => value.StatusCode == "Good");
        (await _client.KillAndReconnectAsync(ct: Ct)).ConnectionsReestablished.ShouldBe(1);
        (await _client.CollectAsync(count: 3, subscription: values.Subscription, ct: Ct)).Terminated.ShouldBeFalse();
        (await _client.WaitForAsync("tokensRenewed", 2, ct: Ct)).Connected.ShouldBeTrue();
        (await _client.CollectWithinAsync(TimeSpan.FromMilliseconds(300), events: 1, subscription: events.Subscription, ct: Ct)).Complete.ShouldBeFalse();
        await _server.RaiseEventAsync("valve open", detail: "v1", ct: Ct);
        var raised = (await _client.CollectAsync(events: 1, subscription: events.Subscription, ct: Ct)).Events.Single();
        raised.Fields["Message"].Value!["text"]!.GetValue<string>().ShouldBe("valve open");
        raised.Fields[detail].As<string>().ShouldBe("v1");
        (await _client.SetPublishingModeAsync(false, values.Subscription, Ct)).ShouldBe("Good");
        (await Should.ThrowAsync<PeerProblem>(_client.RepublishAsync(4_000_000, values.Subscription, Ct))).StatusCode.ShouldBe("BadMessageNotAvailable");
        await _client.DeleteSubscriptionAsync(values.Subscription, Ct);
        (await _server.StatsAsync(Ct)).Subscriptions.ShouldBe(1);
    }

    [Fact]
    public async Task A_peer_that_ends_does_not_keep_its_askers_waiting()
    {
        PeerFolder.Trust(_folder.File("server-pki"), _clientCertificate.Der);
        await _server.ReloadTrustAsync(Ct);
        var leaving = new NodeClient();
        Task<NodeStatus> asked;
        await using (leaving)
        {
            await leaving.ConnectAsync(Secured, Ct);
            asked = leaving.WaitForAsync("aborts", 1, TimeSpan.FromMinutes(5), Ct);
        }

        (await Should.ThrowAsync<PeerProblem>(asked)).Text.ShouldContain("ended");
    }

    private async Task ConnectedAsync(NodeConnect? options = null)
    {
        PeerFolder.Trust(_folder.File("server-pki"), _clientCertificate.Der);
        await _server.ReloadTrustAsync(Ct);
        (await _client.ConnectAsync(options ?? Secured, Ct)).Connected.ShouldBeTrue();
    }
}

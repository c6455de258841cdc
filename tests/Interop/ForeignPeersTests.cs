using System.Text.Json.Nodes;
using Interop.Driving;
using TestKit;

namespace Interop;

/// <summary>The foreign client against the foreign server: when this fails, the harness is broken and not the product.</summary>
public sealed class ForeignPeersTests
{
    [Fact]
    public async Task The_foreign_peers_understand_each_other()
    {
        var ct = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        var (server, client) = (folder.File("server-pki"), folder.File("client-pki"));
        var serverCertificate = PeerFolder.SelfSigned(folder.FullPath, "server", "urn:localhost:interop:server");
        var clientCertificate = PeerFolder.SelfSigned(folder.FullPath, "client", "urn:localhost:interop:client");
        PeerFolder.Trust(client, serverCertificate.Der);
        await using var node = await NodeServer.StartAsync(
            new() { PkiFolder = server, CertificateFile = serverCertificate.CertificateFile, PrivateKeyFile = serverCertificate.PrivateKeyFile }, ct);
        await using var foreign = new NodeClient();
        var options = new NodeConnect
        {
            EndpointUrl = node.EndpointUrl,
            PkiFolder = client,
            Policy = "Basic256Sha256",
            Mode = "SignAndEncrypt",
            CertificateFile = clientCertificate.CertificateFile,
            PrivateKeyFile = clientCertificate.PrivateKeyFile,
        };

        (await Should.ThrowAsync<PeerProblem>(foreign.ConnectAsync(options, ct))).StatusCode.ShouldBe("BadSecurityChecksFailed");
        (await node.VerifyAsync(clientCertificate.CertificateFile, ct)).ShouldBe("BadCertificateUntrusted");
        PeerFolder.Trust(server, clientCertificate.Der);
        await node.ReloadTrustAsync(ct);
        (await node.VerifyAsync(clientCertificate.CertificateFile, ct)).ShouldBe("Good");

        (await foreign.ConnectAsync(options, ct)).Connected.ShouldBeTrue();
        (await foreign.CallGoodAsync(NodeServer.Plant("Plant"), NodeServer.Plant("Add"), NodeVariant.Int32(2), NodeVariant.Int32(3)))
            .Single().As<int>().ShouldBe(5);
        (await foreign.WriteAsync(NodeServer.Plant("Range"), NodeVariant.Structure("i=884", new JsonObject { ["low"] = 1, ["high"] = 2 }), ct: ct)).ShouldBe("Good");
        (await foreign.ReadAsync(NodeServer.Plant("Range"), ct: ct)).Variant.Fields()["high"]!.GetValue<double>().ShouldBe(2);
        await foreign.SubscribeAsync([new(NodeServer.Plant("Counter"))], ct: ct);
        (await foreign.CollectAsync(count: 2, ct: ct)).Values.ShouldAllBe(value => value.StatusCode == "Good");
        (await node.StatsAsync(ct)).Subscriptions.ShouldBe(1);
        await foreign.CloseAsync(ct: ct);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Interop.Driving;
using Interop.Ours;
using TestKit;
using TestKit.Processes;

namespace Interop.OurAgent;

/// <summary>What gateway-agent explain makes of a foreign server that refuses us, and of one that does not.</summary>
public sealed class ExplainForeignServerTests : IDisposable
{
    private const string ClientUri = "urn:localhost:interop:explained-client";

    private static readonly BuiltProgram s_agent = BuiltProgram.Find("gateway-agent/GatewayAgent", "gateway-agent");

    private readonly TempFolder _folder = new();
    private readonly PlantAuthority _authority = new("Plant CA");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string ServerPki => _folder.File("server-pki");

    private string ClientPki => _folder.File("client-pki");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_foreign_server_that_does_not_know_us_and_then_does()
    {
        var client = Client(PeerFolder.SelfSigned(_folder.FullPath, "client", ClientUri));
        await using var server = await ServeAsync();

        var refused = await ExplainAsync(server);
        Cause(refused).ShouldBe("PeerDoesNotTrustUs");
        Connection(refused, "stage").ShouldBe("OpeningChannel");
        Connection(refused, "statusCode").ShouldBe("BadSecurityChecksFailed");

        PeerFolder.Trust(ServerPki, client.Der);
        await server.ReloadTrustAsync(Ct);
        var accepted = await ExplainAsync(server, expectedCode: 0);
        Cause(accepted).ShouldBe("None");
        Connection(accepted, "stage").ShouldBe("Done");
    }

    [Fact]
    public async Task A_foreign_server_that_knows_our_certificate_as_revoked()
    {
        var client = Client(_authority.Issue(_folder.FullPath, "client", ClientUri));
        _authority.Revoke(client);
        _authority.TrustIn(ServerPki);
        await using var server = await ServeAsync();

        var refused = await ExplainAsync(server);
        Cause(refused).ShouldBe("PeerDoesNotTrustUs", "this server gives the same answer to every fault");
        Connection(refused, "statusCode").ShouldBe("BadSecurityChecksFailed");

        _authority.TrustIn(ClientPki);
        var known = await ExplainAsync(server);
        Cause(known).ShouldBe("CertificateRevoked", "our own copy of the revocation list knows what the server does not say");
    }

    [Fact]
    public async Task A_foreign_server_without_the_revocation_list_of_our_authority()
    {
        Client(_authority.Issue(_folder.FullPath, "client", ClientUri));
        PeerFolder.Trust(ServerPki, _authority.Der);
        await using var server = await ServeAsync();

        var refused = await ExplainAsync(server);

        Cause(refused).ShouldBe("PeerLacksRevocationList");
        Connection(refused, "statusCode").ShouldBe("BadCertificateRevocationUnknown");
    }

    /// <summary>Puts the pair into the client's folder and tells the agent about it.</summary>
    private PeerCertificate Client(PeerCertificate certificate)
    {
        Copy(certificate.CertificateFile, Path.Combine(ClientPki, "own", "certs", "certificate.pem"));
        Copy(certificate.PrivateKeyFile, Path.Combine(ClientPki, "own", "private", "private_key.pem"));
        var configuration = new JsonObject
        {
            ["applications"] = new JsonArray(new JsonObject
            {
                ["name"] = "Explained client",
                ["applicationUri"] = ClientUri,
                ["type"] = "Client",
                ["preset"] = "node-opcua",
                ["root"] = ClientPki,
            }),
        };
        Directory.CreateDirectory(_folder.File("agent"));
        File.WriteAllText(_folder.File("agent", "agent.json"), configuration.ToJsonString());
        return certificate;
    }

    private async Task<NodeServer> ServeAsync()
    {
        var own = PeerFolder.SelfSigned(_folder.FullPath, "server", "urn:localhost:interop:explained-server");
        PeerFolder.Trust(ClientPki, own.Der);
        return await NodeServer.StartAsync(
            new() { PkiFolder = ServerPki, CertificateFile = own.CertificateFile, PrivateKeyFile = own.PrivateKeyFile, Policies = ["None", "Basic256Sha256"] }, Ct);
    }

    private async Task<JsonElement> ExplainAsync(NodeServer server, int expectedCode = 1)
    {
        var said = await s_agent.RunAsync(Ct, "--data", _folder.File("agent"), "explain", $"opc.tcp://localhost:{server.Description.Port}", "--json");
        said.ExitCode.ShouldBe(expectedCode, said.Said);
        return JsonDocument.Parse(said.Output).RootElement.GetProperty("cases")[0];
    }

    private static string? Cause(JsonElement explained) => explained.GetProperty("cause").GetString();

    private static string? Connection(JsonElement explained, string what) => explained.GetProperty("connection").GetProperty(what).GetString();

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}

using System.Text.Json.Nodes;
using Interop.Driving;
using TestKit;
using TestKit.Processes;

namespace Interop.OurAgent;

/// <summary>A foreign server and a foreign client that live on trust folders which our agent keeps, with certificates of our CA.</summary>
public sealed class GatewayKeptByAgentTests : IAsyncLifetime
{
    private const string ServerUri = "urn:localhost:interop:kept-server";
    private const string ClientUri = "urn:localhost:interop:kept-client";

    private static readonly BuiltProgram s_agent = BuiltProgram.Find("gateway-agent/GatewayAgent", "gateway-agent");

    private static readonly string[] s_policies = ["Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"];

    private readonly TempFolder _folder = new();
    private readonly int _serverPort = FreePort.Find();
    private GdsProcess _gds = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string ServerPki => _folder.File("server-pki");

    private string ClientPki => _folder.File("client-pki");

    private string AgentFolder => _folder.File("agent");

    public async ValueTask InitializeAsync()
    {
        var data = _folder.File("gds");
        await GdsProcess.InitAsync(data, Ct);
        _gds = await GdsProcess.StartAsync(data, FreePort.Find(), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _gds.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_foreign_server_accepts_a_client_of_our_CA_and_refuses_it_after_its_revocation()
    {
        await EnrolAsync();
        await using var server = await NodeServer.StartAsync(new()
        {
            PkiFolder = ServerPki,
            Port = _serverPort,
            Policies = s_policies,
            Modes = ["Sign", "SignAndEncrypt"],
            ApplicationUri = ServerUri,
            CertificateFile = OwnCertificate(ServerPki),
            PrivateKeyFile = OwnKey(ServerPki),
        }, Ct);

        foreach (var policy in s_policies)
            await ReadAsync(server, policy);

        await RevokeAsync(ClientUri);
        (await s_agent.RunAsync(Ct, "--data", AgentFolder, "sync", "--json")).ExitCode.ShouldBe(0);
        await server.ReloadTrustAsync(Ct);

        (await server.VerifyAsync(OwnCertificate(ClientPki), Ct)).ShouldBe("BadCertificateRevoked");
        var refusal = await Should.ThrowAsync<PeerProblem>(ReadAsync(server, "Basic256Sha256"));
        refusal.StatusCode.ShouldBeOneOf("BadCertificateRevoked", "BadSecurityChecksFailed");
    }

    private async Task EnrolAsync()
    {
        Directory.CreateDirectory(AgentFolder);
        var configuration = new JsonObject
        {
            ["applications"] = new JsonArray(
                Application("Kept server", ServerUri, "Server", ServerPki, $"opc.tcp://127.0.0.1:{_serverPort}", "opc.tcp://localhost:4840"),
                Application("Kept client", ClientUri, "Client", ClientPki)),
        };
        await File.WriteAllTextAsync(Path.Combine(AgentFolder, "agent.json"), configuration.ToJsonString(), Ct);
        var token = (await _gds.CommandAsync(Ct, "token", "create", "--application", ServerUri, "--application", ClientUri, "--json")).Json();
        var enrolled = await s_agent.RunAsync(Ct, "--data", AgentFolder, "enroll", token.GetProperty("token").GetString()!, "--json");
        enrolled.ExitCode.ShouldBe(0, enrolled.Said);
    }

    private static JsonObject Application(string name, string uri, string type, string root, params string[] urls) => new()
    {
        ["name"] = name,
        ["applicationUri"] = uri,
        ["type"] = type,
        ["discoveryUrls"] = new JsonArray([.. urls.Select(url => (JsonNode)url)]),
        ["preset"] = "node-opcua",
        ["root"] = root,
    };

    private async Task ReadAsync(NodeServer server, string policy)
    {
        await using var client = new NodeClient();
        await client.ConnectAsync(new()
        {
            EndpointUrl = server.EndpointUrl,
            PkiFolder = ClientPki,
            Policy = policy,
            Mode = "SignAndEncrypt",
            ApplicationUri = ClientUri,
            CertificateFile = OwnCertificate(ClientPki),
            PrivateKeyFile = OwnKey(ClientPki),
        }, Ct);
        (await client.ReadAsync("i=2259", ct: Ct)).As<int>().ShouldBe(0);
    }

    private async Task RevokeAsync(string applicationUri)
    {
        var certificates = (await _gds.CommandAsync(Ct, "cert", "list", "--application", applicationUri, "--state", "Issued", "--json")).Json();
        var thumbprint = certificates.EnumerateArray().Single().GetProperty("thumbprint").GetString()!;
        var revoked = await _gds.CommandAsync(Ct, "cert", "revoke", thumbprint, "--reason", "keyCompromise");
        revoked.ExitCode.ShouldBe(0, revoked.Said);
    }

    private static string OwnCertificate(string pki) => Path.Combine(pki, "own", "certs", "certificate.pem");

    private static string OwnKey(string pki) => Path.Combine(pki, "own", "private", "private_key.pem");
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Interop.Driving;
using Interop.Ours;
using TestKit;
using TestKit.Processes;

namespace Interop.OurAgent;

/// <summary>A foreign push client does its work at our agent: at the agent itself by its own methods, at a gateway below ManagedApplications by generic calls.</summary>
public sealed class AgentPushedByForeignClientTests : IAsyncLifetime
{
    private const string GatewayUri = "urn:localhost:interop:pushed-gateway";
    private const string GatewayName = "Pushed gateway";

    private static readonly BuiltProgram s_agent = BuiltProgram.Find("gateway-agent/GatewayAgent", "gateway-agent");

    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Find();
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
    private readonly PlantAuthority _authority = new("Push CA");
    private PeerCertificate _client = null!;
    private RunningProgram _running = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string AgentFolder => _folder.File("agent");

    private string ClientPki => _folder.File("client-pki");

    private string GatewayPki => _folder.File("gateway-pki");

    private NodeConnect Administrator => new()
    {
        EndpointUrl = $"opc.tcp://127.0.0.1:{_port}",
        PkiFolder = ClientPki,
        Policy = "Basic256Sha256",
        Mode = "SignAndEncrypt",
        CertificateFile = _client.CertificateFile,
        PrivateKeyFile = _client.PrivateKeyFile,
        User = "admin",
        Password = _password,

        // A session stays open while other processes start, however long that takes.
        SessionTimeout = 600_000,
        TransportTimeout = 600_000,
        RequestTimeout = 60_000,
    };

    public async ValueTask InitializeAsync()
    {
        _client = PeerFolder.SelfSigned(_folder.FullPath, "manager", "urn:localhost:interop:manager");
        Directory.CreateDirectory(AgentFolder);
        var configuration = new JsonObject
        {
            ["endpoint"] = new JsonObject { ["port"] = _port, ["listen"] = "127.0.0.1", ["hostNames"] = new JsonArray("127.0.0.1", "localhost") },
            ["applications"] = new JsonArray(new JsonObject
            {
                ["name"] = GatewayName,
                ["applicationUri"] = GatewayUri,
                ["discoveryUrls"] = new JsonArray("opc.tcp://127.0.0.1:4840"),
                ["preset"] = "node-opcua",
                ["root"] = GatewayPki,
                ["pull"] = false,
            }),
        };
        await File.WriteAllTextAsync(Path.Combine(AgentFolder, "agent.json"), configuration.ToJsonString(), Ct);
        await DoneAsync(s_agent.RunWithInputAsync(_password, Ct, "--data", AgentFolder, "password"));
        await DoneAsync(s_agent.RunAsync(Ct, "--data", AgentFolder, "trust", _client.CertificateFile, "--application", "agent"));
        _running = s_agent.Start("--data", AgentFolder, "run");
        await _running.WaitForLineAsync("ready", TimeSpan.FromSeconds(120), Ct);
        PeerFolder.Trust(ClientPki, OwnOfAgent().RawData);
        _authority.TrustIn(ClientPki);
    }

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_trust_list_is_read_and_certificates_are_added_and_removed()
    {
        var other = PeerFolder.SelfSigned(_folder.FullPath, "other", "urn:localhost:interop:other");
        await using var push = new NodePushClient();
        await push.ConnectAsync(Administrator, Ct);
        (await push.SupportedPrivateKeyFormatsAsync(Ct)).ShouldBe(["PEM", "PFX"], ignoreOrder: true);
        (await push.CertificateTypesAsync(ct: Ct)).ShouldContain("ns=0;i=12560");
        await ExpectTrustedAsync(push, _client.Der);

        (await push.AddCertificateAsync(other.Der, ct: Ct)).ShouldBe("Good");
        await ExpectTrustedAsync(push, _client.Der, other.Der);
        await ExpectOpenAsync(other);

        (await push.RemoveCertificateAsync(Thumbprint(other.Der), ct: Ct)).ShouldBe("Good");
        await ExpectTrustedAsync(push, _client.Der);
        await Should.ThrowAsync<PeerProblem>(ExpectOpenAsync(other));
        (await push.RejectedListAsync(Ct)).Certificates.ShouldContain(bytes => bytes.SequenceEqual(other.Der), "whom the agent refused just now");
    }

    [Fact]
    public async Task Certificates_are_pushed_for_the_old_key_and_for_a_new_one_each_served_after_the_cut()
    {
        var uri = (await AgentStatusAsync())["applicationUri"]!.GetValue<string>();
        foreach (var newKey in (bool[])[false, true, true])
        {
            var before = OwnOfAgent();
            await using var push = new NodePushClient();
            await push.ConnectAsync(Administrator, Ct);
            var list = await push.WriteTrustListAsync(new(15, [_client.Der, _authority.Der], [_authority.Crl], [], []), block: 1_000, ct: Ct);
            (list.StatusCode, list.ApplyChangesRequired).ShouldBe(("Good", true));

            var request = await push.CreateSigningRequestAsync(newKey, ct: Ct);
            request.StatusCode.ShouldBe("Good");
            var certificate = _authority.Sign(request.Request!, uri);
            using var parsed = X509CertificateLoader.LoadCertificate(certificate);
            parsed.PublicKey.ExportSubjectPublicKeyInfo().SequenceEqual(before.PublicKey.ExportSubjectPublicKeyInfo()).ShouldBe(!newKey);

            var updated = await push.UpdateCertificateAsync(certificate, [_authority.Der], ct: Ct);
            (updated.StatusCode, updated.ApplyChangesRequired).ShouldBe(("Good", true));
            (await push.ApplyChangesAsync(Ct)).ShouldBe("Good");

            await using var again = new NodePushClient();
            (await again.ConnectAsync(Administrator, Ct)).ServerCertificateThumbprint.ShouldBe(Thumbprint(certificate));
            await ExpectTrustedAsync(again, _client.Der, _authority.Der);
        }
    }

    [Fact]
    public async Task A_gateway_below_ManagedApplications_is_served_by_generic_calls()
    {
        await using var client = new NodeClient();
        await client.ConnectAsync(Administrator, Ct);
        var gateway = await ChildAsync(client, "i=16706", GatewayName);
        (await client.ReadAsync(await ChildAsync(client, gateway, "ApplicationUri"), ct: Ct)).As<string>().ShouldBe(GatewayUri);
        (await client.ReadAsync(await ChildAsync(client, gateway, "Enabled"), ct: Ct)).As<bool>().ShouldBeTrue();
        var group = await ChildAsync(client, await ChildAsync(client, gateway, "CertificateGroups"), "DefaultApplicationGroup");
        var trustList = await ChildAsync(client, group, "TrustList");

        var handle = (await client.CallGoodAsync(trustList, await ChildAsync(client, trustList, "Open"), NodeVariant.Byte(6)))[0];
        await client.CallGoodAsync(trustList, await ChildAsync(client, trustList, "Write"), handle, NodeVariant.ByteString(TrustListBytes()));
        (await client.CallGoodAsync(trustList, await ChildAsync(client, trustList, "CloseAndUpdate"), handle))[0].As<bool>().ShouldBeTrue();

        var type = NodeVariant.NodeId("i=12560");
        var request = (await client.CallGoodAsync(
            gateway, await ChildAsync(client, gateway, "CreateSigningRequest"),
            NodeVariant.NodeId(group), type, NodeVariant.String("CN=Pushed gateway/O=Plant"), NodeVariant.Boolean(true), NodeVariant.ByteString(RandomNumberGenerator.GetBytes(32))))[0].Bytes()!;
        var certificate = _authority.Sign(request, GatewayUri);
        await client.CallGoodAsync(
            gateway, await ChildAsync(client, gateway, "UpdateCertificate"),
            NodeVariant.NodeId(group), type, NodeVariant.ByteString(certificate), NodeVariant.ByteStrings(_authority.Der), NodeVariant.String(""), NodeVariant.ByteString([]));
        await client.CallGoodAsync(gateway, await ChildAsync(client, gateway, "ApplyChanges"));

        await using var server = await NodeServer.StartAsync(
            new()
            {
                PkiFolder = GatewayPki,
                Policies = ["Basic256Sha256"],
                Modes = ["SignAndEncrypt"],
                CertificateFile = Path.Combine(GatewayPki, "own", "certs", "certificate.pem"),
                PrivateKeyFile = Path.Combine(GatewayPki, "own", "private", "private_key.pem"),
            },
            Ct);
        server.Description.CertificateThumbprint.ShouldBe(Thumbprint(certificate));
        var peer = _authority.Issue(_folder.FullPath, "peer", "urn:localhost:interop:peer");
        await ExpectOpenAsync(peer, server.EndpointUrl);
    }

    private static async Task DoneAsync(Task<ProgramResult> command)
    {
        var result = await command;
        result.ExitCode.ShouldBe(0, result.Said);
    }

    private static async Task ExpectTrustedAsync(NodePushClient push, params byte[][] expected) =>
        (await push.ReadTrustListAsync(ct: Ct)).TrustedCertificates.Select(Convert.ToHexString).ShouldBe(expected.Select(Convert.ToHexString), ignoreOrder: true);

    /// <summary>Component or property of that name.</summary>
    private static async Task<string> ChildAsync(NodeClient client, string parent, string name) =>
        (await client.BrowseAsync(parent, ct: Ct)).References.FirstOrDefault(r => r.BrowseName.Name == name)?.NodeId ?? throw new InvalidOperationException($"{parent} has no {name}.");

    private async Task ExpectOpenAsync(PeerCertificate peer, string? url = null)
    {
        await using var client = new NodeClient();
        await client.ConnectAsync(
            Administrator with { EndpointUrl = url ?? Administrator.EndpointUrl, CertificateFile = peer.CertificateFile, PrivateKeyFile = peer.PrivateKeyFile, User = null, Password = null }, Ct);
    }

    private byte[] TrustListBytes() =>
        Ua.Core.TrustListContent.Encode(new Ua.Core.TrustListDataType(Ua.Core.TrustListMasks.All, [_client.Der, _authority.Der], [_authority.Crl], [_authority.Der], [_authority.Crl]));

    private static string Thumbprint(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return certificate.Thumbprint.ToLowerInvariant();
    }

    private async Task<JsonObject> AgentStatusAsync()
    {
        var status = await s_agent.RunAsync(Ct, "--data", AgentFolder, "status", "--json");
        return JsonNode.Parse(status.Output)!["applications"]!.AsArray()[0]!.AsObject();
    }

    private X509Certificate2 OwnOfAgent() =>
        X509CertificateLoader.LoadCertificateFromFile(Directory.GetFiles(Path.Combine(AgentFolder, "pki", "own", "certs"), "*.der").Single());
}

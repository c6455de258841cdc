using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.Commands;
using Pki;
using TestKit;

namespace GatewayAgent.Tests.Explaining;

/// <summary>One gateway with a trust folder on a real disk, a plant authority with an intermediate one, and the command line.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string GatewayUri = "urn:plant:gateway";

    private readonly JsonArray _applications = [];
    private readonly List<IAsyncDisposable> _servers = [];

    public TempFolder Temp { get; } = new();

    public Maker Root { get; } = new Making("Plant Root CA", 12).AsAuthority().SelfSigned();

    public Maker Sub { get; private set; } = null!;

    public static Site Create(string preset = "spec-annex-f")
    {
        var site = new Site();
        site.Sub = site.Root.IssueAuthority(new Making("Plant Sub CA", 13));
        site.Add("Gateway", GatewayUri, preset, "pki");
        return site;
    }

    public void Add(string name, string uri, string preset, string folder)
    {
        _applications.Add(new JsonObject
        {
            ["name"] = name,
            ["applicationUri"] = uri,
            ["type"] = "ClientAndServer",
            ["discoveryUrls"] = new JsonArray("opc.tcp://localhost:4840"),
            ["preset"] = preset,
            ["root"] = Temp.File(folder),
        });
        Directory.CreateDirectory(Temp.File("data"));
        File.WriteAllText(Temp.File("data", "agent.json"), new JsonObject { ["applications"] = _applications.DeepClone() }.ToJsonString());
    }

    /// <summary>Writes a file below the gateway's folder, parts divided by '/', and gives its path.</summary>
    public string Put(string path, byte[] content, string folder = "pki")
    {
        var file = Temp.File([folder, .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    public string Put(string path, ApplicationCertificate certificate) => Put(path, certificate.Der);

    /// <summary>Root trusted, intermediate in the issuer part, both with revocation lists; null leaves one out.</summary>
    public void TrustPlant(CertificateRevocationList? rootCrl, CertificateRevocationList? subCrl, ApplicationCertificate? sub = null)
    {
        Put("trusted/certs/root.der", Root.Certificate);
        Put("issuer/certs/sub.der", sub ?? Sub.Certificate);
        if (rootCrl is not null) Put("trusted/crl/root.crl", rootCrl.Der);
        if (subCrl is not null) Put("issuer/crl/sub.crl", subCrl.Der);
    }

    public void TrustPlant() => TrustPlant(Root.Crl(), Sub.Crl());

    /// <summary>The gateway's own pair.</summary>
    public void PutOwn(ApplicationCertificate certificate, KeyPair key, string folder = "pki")
    {
        Put("own/certs/gateway.der", certificate.Der, folder);
        Put("own/private/gateway.pem", Encoding.ASCII.GetBytes(key.ExportPem()), folder);
    }

    /// <summary>A sound pair of the gateway, of the plant's intermediate authority.</summary>
    public IdentityCertificateParts PutSoundOwn()
    {
        var own = Sub.Own(new Making("Gateway", 14) { Uris = [GatewayUri], Hosts = ["gateway"] });
        PutOwn(own.Certificate, own.Pair);
        return own;
    }

    public ApplicationCertificate PutSelfSignedOwn()
    {
        var own = (new Making("Gateway", 14) { Uris = [GatewayUri], Hosts = ["gateway"] }).SelfSigned();
        PutOwn(own.Certificate, own.Pair);
        return own.Certificate;
    }

    /// <summary>A certificate outside of the folders, as a technician has it.</summary>
    public string Brought(byte[] content, string name = "pump.der") => Temp.Write(name, content);

    public string Brought(ApplicationCertificate certificate) => Brought(certificate.Der);

    public async Task<PlantServer> ServeAsync(PlantServerOptions options)
    {
        var server = await PlantServer.StartAsync(options);
        _servers.Add(server);
        return server;
    }

    public void Keep(IAsyncDisposable disposable) => _servers.Add(disposable);

    public async Task<Explained> ExplainAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        var code = await AgentCommandLine.RunAsync(["--data", Temp.File("data"), "explain", .. arguments], output, errors, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        Temp.Dispose();
    }
}

/// <summary>What the command said.</summary>
internal sealed record Explained(int Code, string Output, string Errors)
{
    public JsonElement Case => JsonDocument.Parse(Output).RootElement.GetProperty("cases").EnumerateArray().First();

    public string Cause => Case.GetProperty("cause").GetString()!;

    public IReadOnlyList<JsonElement> Reasons => [.. Case.GetProperty("reasons").EnumerateArray()];
}

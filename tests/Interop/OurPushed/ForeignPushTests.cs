using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Driving;
using Interop.Ours;
using TestKit;
using TestKit.Processes;
using Ua.Client;

namespace Interop.OurPushed;

/// <summary>A foreign push client drives the ServerConfiguration of a process of ours; every change is verified by a new connection.</summary>
public sealed class ForeignPushTests : IAsyncLifetime
{
    private const string ApplicationUri = "urn:localhost:gds-quickstart:gateway-p";
    private const string RsaSha256 = "ns=0;i=12560", Good = "Good";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly PlantAuthority _plant = new("Plant CA");
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
    private PeerCertificate _client = null!;
    private RunningProgram _gateway = null!;
    private string _url = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string GatewayPki => _folder.File("gateway-pki");

    private string ClientPki => _folder.File("client-pki");

    public async ValueTask InitializeAsync()
    {
        _client = PeerFolder.SelfSigned(_folder.FullPath, "client", "urn:localhost:interop:pushing");
        await StartAsync("--setup");
        PeerFolder.Trust(ClientPki, await ServedAsync());
        _plant.TrustIn(ClientPki);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _plant.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_foreign_client_sets_up_and_maintains_certificate_and_trust_list()
    {
        var other = PeerFolder.SelfSigned(_folder.FullPath, "other", "urn:localhost:interop:other");

        // The server has never trusted anyone: the administrator comes from an unknown client and brings the first trust list.
        await using (var first = await ConnectAsync())
        {
            (await first.ReadAsync("i=12637", Ct)).ShouldNotBeNull();
            (await first.ReadTrustListAsync(ct: Ct)).TrustedCertificates.ShouldBeEmpty();
            (await first.CertificateTypesAsync(ct: Ct)).ShouldBe([RsaSha256]);
            (await first.SupportedPrivateKeyFormatsAsync(Ct)).ShouldBe(["PEM", "PFX"]);
            await WriteAsync(first, _client.Der);
            (await first.ApplyChangesAsync(Ct)).ShouldBe(Good);
        }

        await using (var trusted = await ConnectAsync())
        {
            var list = await trusted.ReadTrustListAsync(ct: Ct);
            list.TrustedCertificates.Select(Convert.ToHexString).ShouldBe(new[] { _plant.Der, _client.Der }.Select(Convert.ToHexString), ignoreOrder: true);
            (list.TrustedCrls.Length, list.IssuerCertificates.Length, list.IssuerCrls.Length).ShouldBe((1, 1, 1));
            (await trusted.AddCertificateAsync(other.Der, ct: Ct)).ShouldBe(Good);
            (await trusted.ReadTrustListAsync(masks: 1, ct: Ct)).TrustedCertificates.ShouldContain(c => c.SequenceEqual(other.Der));
            using var parsed = X509CertificateLoader.LoadCertificate(other.Der);
            (await trusted.RemoveCertificateAsync(parsed.Thumbprint, ct: Ct)).ShouldBe(Good);
            (await trusted.ReadTrustListAsync(masks: 1, ct: Ct)).TrustedCertificates.ShouldNotContain(c => c.SequenceEqual(other.Der));
            (await trusted.ApplyChangesAsync(Ct)).ShouldBe("BadNothingToDo");
        }

        await using (var stranger = new NodePushClient()) await Should.ThrowAsync<PeerProblem>(() => stranger.ConnectAsync(OptionsOf(other), Ct));

        var served = await ServedAsync();
        for (var round = 1; round <= 3; round++) served = await RenewAsync(served, newKey: round != 2);
        await BringKeyAsync();

        await using var last = await ConnectAsync();
        (await last.RejectedListAsync(Ct)).Certificates.ShouldContain(c => c.SequenceEqual(other.Der));
    }

    /// <summary>Trust list first, then the certificate; one ApplyChanges; a new connection shows both.</summary>
    private async Task<byte[]> RenewAsync(byte[] before, bool newKey)
    {
        byte[] issued;
        await using (var pushing = await ConnectAsync())
        {
            await WriteAsync(pushing, _client.Der);
            var request = await pushing.CreateSigningRequestAsync(newKey, ct: Ct);
            request.StatusCode.ShouldBe(Good);
            issued = _plant.Sign(request.Request.ShouldNotBeNull(), ApplicationUri);
            var update = await pushing.UpdateCertificateAsync(issued, [_plant.Der], ct: Ct);
            update.ShouldBe(new NodeCertificateUpdate(Good, ApplyChangesRequired: true));
            (await ServedAsync()).ShouldBe(before, "nothing is visible before it is applied");
            (await pushing.ApplyChangesAsync(Ct)).ShouldBe(Good);
        }

        (await ServedAsync()).ShouldBe(issued);
        (KeyOf(issued) == KeyOf(before)).ShouldBe(!newKey);
        await using var again = await ConnectAsync();
        (await again.StatusAsync(Ct)).ShouldNotBeNull();
        return issued;
    }

    private async Task BringKeyAsync()
    {
        var brought = _plant.Issue(_folder.FullPath, "brought", ApplicationUri);
        await using (var pushing = await ConnectAsync())
        {
            (await pushing.UpdateCertificateAsync(brought.Der, [_plant.Der], "PEM", await File.ReadAllBytesAsync(brought.PrivateKeyFile, Ct), ct: Ct)).StatusCode.ShouldBe(Good);
            (await pushing.ApplyChangesAsync(Ct)).ShouldBe(Good);
        }

        (await ServedAsync()).ShouldBe(brought.Der);
        await using var again = await ConnectAsync();
    }

    private async Task WriteAsync(NodePushClient pushing, byte[] client)
    {
        var update = await pushing.WriteTrustListAsync(new NodeTrustList(15, [_plant.Der, client], [_plant.Crl], [_plant.Der], [_plant.Crl]), block: 512, ct: Ct);
        update.ShouldBe(new NodeTrustListUpdate(Good, ApplyChangesRequired: true));
    }

    private async Task StartAsync(params string[] more)
    {
        var passwordFile = _folder.Write("password", _password + "\n");
        _gateway = BuiltProgram.Find("deploy/demo-gateway", "demo-gateway").Start(
            ["serve", "--name", "P", "--pki", GatewayPki, "--port", "0", "--admin", "admin", "--admin-password-file", passwordFile, .. more]);
        _url = (await _gateway.WaitForLineAsync("ready ", s_patience, Ct))["ready ".Length..];
    }

    private async Task<NodePushClient> ConnectAsync()
    {
        var pushing = new NodePushClient();
        await pushing.ConnectAsync(OptionsOf(_client), Ct);
        return pushing;
    }

    private NodeConnect OptionsOf(PeerCertificate client) => new()
    {
        EndpointUrl = _url,
        PkiFolder = ClientPki,
        Policy = "Basic256Sha256",
        Mode = "SignAndEncrypt",
        CertificateFile = client.CertificateFile,
        PrivateKeyFile = client.PrivateKeyFile,
        User = "admin",
        Password = _password,
    };

    /// <summary>The certificate that the gateway shows to someone who comes for the first time.</summary>
    private async Task<byte[]> ServedAsync()
    {
        var endpoints = await Discovery.GetEndpointsAsync(_url, new DiscoveryOptions(), Ct);
        return Pki.CertificateChainBytes.Split(endpoints.First(e => e.ServerCertificate is { Length: > 0 }).ServerCertificate)[0];
    }

    private static string KeyOf(byte[] certificate)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        return Convert.ToHexString(parsed.GetPublicKey());
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Driving;
using Pki;
using Ua.Gds;

namespace Interop.OurGds;

/// <summary>A foreign client uses our GDS by the book.</summary>
public sealed class ForeignClientTests(GdsProcess gds) : IClassFixture<GdsProcess>, IAsyncLifetime
{
    private static int s_last;
    private readonly NodeClient _client = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Theory]
    [InlineData("Basic256Sha256", "SignAndEncrypt")]
    [InlineData("Aes128_Sha256_RsaOaep", "SignAndEncrypt")]
    [InlineData("Aes256_Sha256_RsaPss", "SignAndEncrypt")]
    public async Task It_registers_gets_a_certificate_and_the_trust_list_and_revokes(string policy, string mode)
    {
        await _client.ConnectAsync(gds.AdminOptions(policy, mode), Ct);
        var uri = NewUri();
        var id = await _client.RegisterAsync(uri);
        var got = (await _client.DirectoryAsync(DirectoryMethodIds.GetApplication, NodeVariant.NodeId(id)))[0].Fields();
        got["applicationUri"]!.GetValue<string>().ShouldBe(uri);
        got["applicationNames"]![0]!["text"]!.GetValue<string>().ShouldBe("Foreign");
        (await _client.RefusalAsync(DirectoryMethodIds.RegisterApplication, DirectoryNames.NewRecord(uri))).ShouldBe("BadEntryExists");

        var certificate = await OrderAsync(id, uri);
        var list = await _client.ReadTrustListAsync(id);
        var authority = ApplicationCertificate.Parse(list.TrustedCertificates.Single());
        certificate.IsSignedBy(authority).ShouldBeTrue();
        CertificateRevocationList.Parse(list.TrustedCrls.Single()).IsSignedBy(authority).ShouldBeTrue();
        (await StatusAsync(id)).ShouldBeFalse();

        await _client.DirectoryAsync(DirectoryMethodIds.RevokeCertificate, NodeVariant.NodeId(id), NodeVariant.ByteString(certificate.Der));
        CertificateRevocationList.Parse((await _client.ReadTrustListAsync(id)).TrustedCrls.Single()).Find(certificate).ShouldNotBeNull();
        (await StatusAsync(id)).ShouldBeTrue();
        await _client.DirectoryAsync(DirectoryMethodIds.UnregisterApplication, NodeVariant.NodeId(id));
        (await _client.RefusalAsync(DirectoryMethodIds.GetApplication, NodeVariant.NodeId(id))).ShouldBe("BadNotFound");
    }

    [Theory]
    [InlineData("Basic256Sha256")]
    [InlineData("Aes128_Sha256_RsaOaep")]
    [InlineData("Aes256_Sha256_RsaPss")]
    public async Task On_a_channel_that_is_only_signed_it_reads_and_may_not_order(string policy)
    {
        await _client.ConnectAsync(gds.AdminOptions(policy, "Sign"), Ct);
        var uri = NewUri();
        var id = await _client.RegisterAsync(uri);
        (await StatusAsync(id)).ShouldBeTrue();
        (await _client.ReadTrustListAsync(id)).TrustedCrls.Length.ShouldBe(1);
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        (await _client.RefusalAsync(
            DirectoryMethodIds.StartSigningRequest, NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.NodeId("i=0"), Csr(key, uri)))
            .ShouldBe("BadSecurityModeInsufficient");
    }

    [Fact]
    public async Task It_browses_the_directory_and_discovers_its_types()
    {
        await _client.ConnectAsync(gds.AdminOptions(), Ct);
        (await _client.NamespacesAsync(Ct)).ShouldContain(GdsIds.NamespaceUri);
        var below = await _client.BrowseAsync(DirectoryNames.Directory, ct: Ct);
        var names = below.References.Select(r => r.BrowseName.Name).ToList();
        foreach (var method in new[] { "FindApplications", "RegisterApplication", "QueryApplications", "StartSigningRequest", "FinishRequest", "CertificateGroups" })
            names.ShouldContain(method);
        (await _client.TranslateAsync($"/Objects/nsu={GdsIds.NamespaceUri};Directory", ct: Ct)).Targets.ShouldHaveSingleItem();
        var record = await _client.DataTypeAsync(DirectoryNames.Record, Ct);
        record.Type!.Fields.Select(f => f.Name).ShouldBe(
            ["ApplicationId", "ApplicationUri", "ApplicationType", "ApplicationNames", "ProductUri", "DiscoveryUrls", "ServerCapabilities"], StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_queries_in_pages()
    {
        await _client.ConnectAsync(gds.AdminOptions(), Ct);
        for (var i = 0; i < 3; i++) await _client.RegisterAsync($"urn:foreign:paged:{i}");
        List<string> uris = [];
        var next = 0u;
        do
        {
            var page = await _client.DirectoryAsync(
                DirectoryMethodIds.QueryApplications, NodeVariant.UInt32(next), NodeVariant.UInt32(2), NodeVariant.String(null), NodeVariant.String("urn:foreign:paged:%"),
                NodeVariant.UInt32(0), NodeVariant.String(null), NodeVariant.Strings());
            next = page[1].As<uint>();
            uris.AddRange(page[2].Items().Select(d => d.Fields()["applicationUri"]!.GetValue<string>()));
        }
        while (next != 0);

        uris.ShouldBe(["urn:foreign:paged:0", "urn:foreign:paged:1", "urn:foreign:paged:2"]);
    }

    [Fact]
    public async Task It_gets_a_key_pair_made_for_it()
    {
        await _client.ConnectAsync(gds.AdminOptions(), Ct);
        var id = await _client.RegisterAsync(NewUri());
        var request = (await _client.DirectoryAsync(
            DirectoryMethodIds.StartNewKeyPairRequest, NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.NodeId("i=0"), NodeVariant.String("CN=Foreign"),
            NodeVariant.Strings("localhost"), NodeVariant.String("PFX"), NodeVariant.String("pass word")))[0].As<string>();
        var finished = await FinishAsync(id, request);
        using var pfx = X509CertificateLoader.LoadPkcs12(finished[1].Bytes()!, "pass word");
        pfx.RawData.ShouldBe(finished[0].Bytes());
        pfx.HasPrivateKey.ShouldBeTrue();
    }

    [Fact]
    public async Task It_hears_of_a_changed_trust_list_and_of_what_was_done()
    {
        await _client.ConnectAsync(gds.AdminOptions(), Ct);
        var values = await _client.SubscribeAsync([new NodeMonitor(DirectoryNames.Id(GroupIds.DefaultApplication.Methods.LastUpdateTime)) { QueueSize = 10 }], ct: Ct);
        var before = (await _client.CollectAsync(count: 1, subscription: values.Subscription, ct: Ct)).Values[0].As<DateTime>();
        var events = await _client.SubscribeEventsAsync(
            select: ["EventType", "Message", "MethodId", $"nsu={GdsIds.NamespaceUri};CertificateType"], ofType: "i=2127", ct: Ct);

        var uri = NewUri();
        var id = await _client.RegisterAsync(uri);
        var certificate = await OrderAsync(id, uri);
        await _client.DirectoryAsync(DirectoryMethodIds.RevokeCertificate, NodeVariant.NodeId(id), NodeVariant.ByteString(certificate.Der));

        (await _client.CollectAsync(count: 1, subscription: values.Subscription, ct: Ct)).Values[^1].As<DateTime>().ShouldBeGreaterThan(before);
        CertificateRevocationList.Parse((await _client.ReadTrustListAsync(id)).TrustedCrls.Single()).Find(certificate).ShouldNotBeNull("whoever is told finds the revocation in the list");
        var told = (await _client.CollectAsync(events: 4, subscription: events.Subscription, ct: Ct)).Events.Select(e => e.Fields["EventType"].As<string>()).ToList();
        told.Select(t => t[(t.LastIndexOf('=') + 1)..]).ShouldBe(["26", "91", "109", "27"]);
    }

    [Fact]
    public async Task It_enrols_with_a_token_lives_by_its_certificate_and_is_cut_off_by_a_revocation()
    {
        var own = gds.NewPeer($"enrolled-{Interlocked.Increment(ref s_last)}");
        await Should.ThrowAsync<PeerProblem>(_client.ConnectAsync(gds.Options(own), Ct));
        var made = await gds.RunAsync("token", "create", "--application", own.ApplicationUri, "--json");
        EnrolmentString.TryParse(made.GetProperty("token").GetString(), out var token, out _).ShouldBeTrue();

        await using var first = new NodeClient();
        await first.ConnectAsync(gds.Options(own) with { User = token!.UserName, Password = token.Password }, Ct);
        var id = await first.RegisterAsync(own.ApplicationUri, server: false);
        using var key = KeyPair.ImportPem(await File.ReadAllTextAsync(own.PrivateKeyFile, Ct));
        var csr = SigningRequest.Create(SubjectName.Build("Foreign"), key, own.ApplicationUri, [], []);
        var request = (await first.DirectoryAsync(
            DirectoryMethodIds.StartSigningRequest, NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.NodeId("i=0"), NodeVariant.ByteString(csr)))[0].As<string>();
        var issued = (await first.DirectoryAsync(DirectoryMethodIds.FinishRequest, NodeVariant.NodeId(id), NodeVariant.NodeId(request)))[0].Bytes()!;
        await first.CloseAsync(ct: Ct);

        var file = own.CertificateFile + ".issued.pem";
        await File.WriteAllTextAsync(file, PemEncoding.WriteString("CERTIFICATE", issued), Ct);
        var later = gds.Options(own with { CertificateFile = file });
        await using var second = new NodeClient();
        await second.ConnectAsync(later, Ct);
        (await second.ReadTrustListAsync(id)).TrustedCertificates.Length.ShouldBe(1);
        (await second.RefusalAsync(DirectoryMethodIds.RevokeCertificate, NodeVariant.NodeId(id), NodeVariant.ByteString(issued))).ShouldBe("BadUserAccessDenied");

        await gds.RunAsync("cert", "revoke", ApplicationCertificate.Parse(issued).Thumbprint, "--reason", "KeyCompromise", "--json");
        (await second.WaitForAsync("connectionsLost", ct: Ct)).Connected.ShouldBeFalse();
        await using var third = new NodeClient();
        await Should.ThrowAsync<PeerProblem>(third.ConnectAsync(later, Ct));
    }

    private static string NewUri() => $"urn:foreign:{Interlocked.Increment(ref s_last)}";

    private static NodeVariant Csr(KeyPair key, string uri) =>
        NodeVariant.ByteString(SigningRequest.Create(SubjectName.Build("Foreign"), key, uri, ["localhost"], []));

    private async Task<bool> StatusAsync(string id) => (await _client.DirectoryAsync(
        DirectoryMethodIds.GetCertificateStatus, NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.NodeId("i=0")))[0].As<bool>();

    private async Task<ApplicationCertificate> OrderAsync(string id, string uri)
    {
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var request = (await _client.DirectoryAsync(
            DirectoryMethodIds.StartSigningRequest, NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.NodeId("i=12560"), Csr(key, uri)))[0].As<string>();
        var finished = await FinishAsync(id, request);
        finished[1].Bytes().ShouldBeNull();
        var certificate = ApplicationCertificate.Parse(finished[0].Bytes());
        key.Matches(certificate.PublicKey).ShouldBeTrue();
        return certificate;
    }

    private Task<NodeVariant[]> FinishAsync(string id, string request) =>
        _client.DirectoryAsync(DirectoryMethodIds.FinishRequest, NodeVariant.NodeId(id), NodeVariant.NodeId(request));
}

using GatewayAgent.Configuration;
using GatewayAgent.Findings;
using GatewayAgent.Tests.Kit;
using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Presets;

/// <summary>What lies in a folder that the GDS does not know: reported, and left, removed or offered.</summary>
public class DriftTests
{
    private static readonly FolderFindings s_findings = new();

    [Theory]
    [InlineData(DriftPolicy.Leave, FindingTreatment.Left)]
    [InlineData(DriftPolicy.Offer, FindingTreatment.Offered)]
    public async Task What_the_GDS_does_not_know_stays_and_is_reported(object policy, object treatment)
    {
        using var gateway = new Gateway(drift: (DriftPolicy)policy);
        var stranger = Put(gateway, "trusted/certs", "urn:stranger", 6);
        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await gateway.FolderAsync()).TrustedCertificates.ShouldContain(stranger);
        var finding = (await FindAsync(gateway)).ShouldHaveSingleItem();
        (finding.Kind, finding.Treatment, finding.Place, finding.Store).ShouldBe((FindingKind.Drift, (FindingTreatment)treatment, TrustFolderPlace.Trusted, "application"));
        finding.Certificate.ShouldBe(stranger);
        File.Exists(finding.File).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_GDS_does_not_know_is_removed_kept_and_reported()
    {
        using var gateway = new Gateway(drift: DriftPolicy.Remove);
        var stranger = Put(gateway, "trusted/certs", "urn:stranger", 6);
        var issuer = Put(gateway, "issuer/certs", "urn:issuer", 7);
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var set = await gateway.FolderAsync();
        set.TrustedCertificates.ShouldBe([gateway.Gds.Certificate]);
        set.IssuerCertificates.ShouldBe([gateway.Gds.Certificate]);
        var findings = await FindAsync(gateway);
        findings.Select(f => (f.Kind, f.Treatment, f.Place)).ShouldBe([(FindingKind.Drift, FindingTreatment.Removed, TrustFolderPlace.Trusted), (FindingKind.Drift, FindingTreatment.Removed, TrustFolderPlace.Issuer)]);
        findings.Select(f => f.Certificate).ShouldBe([stranger, issuer]);
        ApplicationCertificate.Parse(File.ReadAllBytes(findings[0].File)).ShouldBe(stranger);
        findings[0].File.ShouldStartWith(gateway.Application.Store.Folder);

        // Once the GDS knows it, it is drift no longer.
        await gateway.InstallAsync(gateway.Gds.TrustList(stranger));
        (await FindAsync(gateway)).Select(f => f.Certificate).ShouldBe([issuer]);
    }

    [Fact]
    public async Task A_technicians_word_wins_over_the_policy()
    {
        using var gateway = new Gateway(drift: DriftPolicy.Remove);
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var peer = Authority.SelfSigned("urn:peer", Authority.Key(6), gateway.Time);
        await gateway.Decisions.TrustAsync([gateway.Application], peer, CancellationToken.None);
        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await gateway.FolderAsync()).TrustedCertificates.ShouldContain(peer);
        (await FindAsync(gateway)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Drift_that_comes_later_is_found_without_a_new_list()
    {
        using var gateway = new Gateway(drift: DriftPolicy.Remove);
        var list = gateway.Gds.TrustList();
        await gateway.InstallAsync(list);
        var before = (await s_findings.OfAsync(gateway.Application, CancellationToken.None)).Digest;
        var stranger = Put(gateway, "trusted/certs", "urn:stranger", 6);
        await gateway.InstallAsync(list);
        (await gateway.FolderAsync()).TrustedCertificates.ShouldNotContain(stranger);
        var after = await s_findings.OfAsync(gateway.Application, CancellationToken.None);
        after.Findings.ShouldHaveSingleItem().Treatment.ShouldBe(FindingTreatment.Removed);
        after.Digest.ShouldNotBe(before);
    }

    [Fact]
    public async Task Rejected_certificates_are_reported_and_go_once_they_are_good()
    {
        using var gateway = new Gateway("node-opcua");
        await gateway.InstallAsync(new Authority("Other CA", 4, gateway.Time) is var other ? other.TrustList() : []);
        var stranger = Put(gateway, "rejected", "urn:stranger", 6);
        var member = gateway.Gds.Issue("urn:member", Authority.Key(7));
        var refused = gateway.Gds.Issue("urn:refused", Authority.Key(5));
        foreach (var certificate in new[] { member, refused }) File.WriteAllBytes(Path.Combine(gateway.Root, "rejected", $"{certificate.Thumbprint}.der"), certificate.Der);
        (await FindAsync(gateway)).Where(f => f.Kind == FindingKind.Rejected).Select(f => f.Certificate).ShouldBe([stranger, member, refused], ignoreOrder: true);

        // The authority of one is trusted now; the other one a technician has refused on this machine.
        await gateway.Decisions.TrustAsync([gateway.Application], refused.Thumbprint, CancellationToken.None);
        await gateway.Decisions.RejectAsync([gateway.Application], refused.Thumbprint, CancellationToken.None);
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var left = await gateway.Application.Stores[0].ListAsync(CancellationToken.None);
        left.Where(e => e.Place == TrustFolderPlace.Rejected).Select(e => e.Certificate).ShouldBe([stranger, refused], ignoreOrder: true);
        (await FindAsync(gateway)).Where(f => f.Kind == FindingKind.Rejected).Select(f => f.Certificate).ShouldBe([stranger]);
    }

    [Fact]
    public async Task A_flood_of_rejected_certificates_is_cut_and_counted()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        for (var i = 0; i < FolderFindings.Most + 5; i++) Put(gateway, "rejected/certs", $"urn:flood:{i}", 6);
        var report = await s_findings.OfAsync(gateway.Application, CancellationToken.None);
        report.Findings.Count.ShouldBe(FolderFindings.Most);
        report.LeftOut.ShouldBe(5);
    }

    [Fact]
    public async Task The_own_certificate_is_no_drift_where_it_lies_among_the_trusted_ones()
    {
        using var folder = new ProductFolder(ProductFolder.All.ToList().FindIndex(l => l.Preset == "wincc-oa"));
        using var gateway = new Gateway("wincc-oa", root: folder.Root, drift: DriftPolicy.Remove);
        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await gateway.OwnAsync()).ShouldBe(ApplicationCertificate.Parse(ProductFolder.Own.RawData));
        (await FindAsync(gateway)).Where(f => f.Kind == FindingKind.Drift).Select(f => f.Certificate.CommonName).ShouldBe(["Peer"]);
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(Gateway gateway) => (await s_findings.OfAsync(gateway.Application, CancellationToken.None)).Findings;

    private static ApplicationCertificate Put(Gateway gateway, string directory, string uri, int key)
    {
        var certificate = Authority.SelfSigned(uri, Authority.Key(key), gateway.Time);
        var folder = Path.Combine([gateway.Root, .. directory.Split('/')]);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, $"{certificate.Thumbprint}.der"), certificate.Der);
        return certificate;
    }
}

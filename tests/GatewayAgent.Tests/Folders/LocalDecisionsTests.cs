using GatewayAgent.Folders;
using GatewayAgent.Tests.Kit;
using Pki;

namespace GatewayAgent.Tests.Folders;

public class LocalDecisionsTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task A_rejected_certificate_that_is_trusted_here_outlives_the_next_list()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var peer = Peer(gateway);
        Rejected(gateway, peer);
        (await gateway.Decisions.TrustAsync([gateway.Application], peer.Thumbprint, s_none)).ShouldHaveSingleItem().ShouldContain("is trusted");
        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate, peer], ignoreOrder: true);
        (await OriginOf(gateway, peer)).ShouldBe(("trusted", "local"));
    }

    [Fact]
    public async Task A_certificate_of_a_file_is_trusted()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        await gateway.Decisions.TrustAsync([gateway.Application], Peer(gateway), s_none);
        (await gateway.FolderAsync()).TrustedCertificates.ShouldContain(Peer(gateway));
    }

    [Fact]
    public async Task A_certificate_of_the_GDS_that_is_rejected_here_stays_out_until_it_is_trusted_again()
    {
        using var gateway = new Gateway();
        var peer = Peer(gateway);
        await gateway.InstallAsync(gateway.Gds.TrustList(peer));
        (await OriginOf(gateway, peer)).ShouldBe(("trusted", "gds"));

        await gateway.Decisions.RejectAsync([gateway.Application], peer.Sha256, s_none);
        await gateway.InstallAsync(gateway.Gds.TrustList(peer));
        (await gateway.FolderAsync()).TrustedCertificates.ShouldNotContain(peer);
        (await OriginOf(gateway, peer)).ShouldBe(("rejected", "local"));

        await gateway.Decisions.TrustAsync([gateway.Application], peer.Thumbprint, s_none);
        (await gateway.FolderAsync()).TrustedCertificates.ShouldContain(peer);
        (await gateway.StateAsync()).Local.ShouldBeEmpty("the GDS trusts it, so that no word of the technician is needed");
        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await gateway.FolderAsync()).TrustedCertificates.ShouldNotContain(peer);
    }

    [Fact]
    public async Task The_authority_of_the_GDS_cannot_be_rejected_here()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await Should.ThrowAsync<AgentProblem>(() => gateway.Decisions.RejectAsync([gateway.Application], gateway.Gds.Certificate.Thumbprint, s_none))).Message.ShouldContain("at the GDS");
    }

    [Fact]
    public async Task A_local_authority_without_a_revocation_list_does_not_keep_the_lists_of_the_GDS_away()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var local = new Authority("Local CA", 4, gateway.Time);
        await gateway.Decisions.TrustAsync([gateway.Application], local.Certificate, s_none);
        var peer = Peer(gateway);
        await gateway.InstallAsync(gateway.Gds.TrustList(peer));
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate, local.Certificate, peer], ignoreOrder: true);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000", (int)ProblemKind.NotFound)]
    [InlineData("no-thumbprint", (int)ProblemKind.Usage)]
    public async Task What_is_not_there_is_told(string thumbprint, int kind)
    {
        using var gateway = new Gateway();
        (await Should.ThrowAsync<AgentProblem>(() => gateway.Decisions.TrustAsync([gateway.Application], thumbprint, s_none))).Kind.ShouldBe((ProblemKind)kind);
    }

    [Fact]
    public async Task Trusting_twice_says_that_it_is_trusted_already()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList(Peer(gateway)));
        (await Should.ThrowAsync<AgentProblem>(() => gateway.Decisions.TrustAsync([gateway.Application], Peer(gateway).Thumbprint, s_none))).Message.ShouldContain("trusted already");
    }

    private static ApplicationCertificate Peer(Gateway gateway) => s_peers.GetOrAdd(gateway, g => Authority.SelfSigned("urn:peer", Authority.Key(6), g.Time));

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Gateway, ApplicationCertificate> s_peers = new();

    private static void Rejected(Gateway gateway, ApplicationCertificate certificate)
    {
        var folder = Path.Combine(gateway.Root, "rejected", "certs");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "peer.der"), certificate.Der);
    }

    private static async Task<(string Place, string Origin)> OriginOf(Gateway gateway, ApplicationCertificate certificate)
    {
        var item = (await FolderListing.ReadAsync(gateway.Application, s_none)).Single(i => i.Thumbprint == certificate.Thumbprint);
        return (item.Place, item.Origin);
    }
}

using GatewayAgent.Folders;
using GatewayAgent.State;
using GatewayAgent.Tests.Kit;
using Microsoft.Extensions.Time.Testing;
using Pki;

namespace GatewayAgent.Tests.Folders;

public class TrustMergeTests
{
    private static readonly FakeTimeProvider s_time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private static readonly Authority s_gds = new("GDS CA", 0, s_time);
    private static readonly Authority s_local = new("Local CA", 1, s_time);
    private static readonly ApplicationCertificate s_peer = Authority.SelfSigned("urn:peer:one", Authority.Key(2), s_time);
    private static readonly ApplicationCertificate s_other = Authority.SelfSigned("urn:peer:two", Authority.Key(3), s_time);

    [Fact]
    public void What_the_GDS_gave_once_and_gives_no_longer_goes()
    {
        var before = Set(s_gds.TrustList(s_peer));
        var next = Set(s_gds.TrustList());
        TrustMerge.Join(next, [before], before, []).SameAs(next).ShouldBeTrue();
    }

    [Fact]
    public void What_lay_in_the_folder_before_the_GDS_came_stays()
    {
        var folder = TrustSet.Empty with { TrustedCertificates = [s_peer] };
        TrustMerge.Join(Set(s_gds.TrustList()), [], folder, []).TrustedCertificates.ShouldBe([s_gds.Certificate, s_peer], ignoreOrder: true);
    }

    [Fact]
    public void A_certificate_that_a_technician_trusts_stays_even_if_its_file_is_gone()
    {
        var given = Set(s_gds.TrustList());
        TrustMerge.Join(given, [given], TrustSet.Empty, [Decision(LocalVerdict.Trusted, s_peer)]).TrustedCertificates.ShouldContain(s_peer);
    }

    [Fact]
    public void A_certificate_that_a_technician_rejects_stays_out_though_the_GDS_gives_it()
    {
        var given = Set(s_gds.TrustList(s_peer, s_other));
        TrustMerge.Join(given, [], given, [Decision(LocalVerdict.Rejected, s_peer)]).TrustedCertificates.ShouldBe([s_gds.Certificate, s_other], ignoreOrder: true);
    }

    [Fact]
    public void An_older_revocation_list_of_the_GDS_authority_never_stands_beside_the_new_one()
    {
        var old = s_gds.Crl(age: TimeSpan.FromDays(3));
        var given = Set(s_gds.TrustList());
        var folder = given with { TrustedCrls = [old], IssuerCrls = [old] };
        var joined = TrustMerge.Join(given, [], folder, []);
        joined.SameAs(given).ShouldBeTrue();
    }

    [Fact]
    public void A_local_authority_keeps_its_revocation_list_and_the_GDS_does_not_answer_for_it()
    {
        var crl = s_local.Crl();
        var folder = TrustSet.Empty with { TrustedCertificates = [s_local.Certificate], TrustedCrls = [crl] };
        var joined = TrustMerge.Join(Set(s_gds.TrustList()), [], folder, []);
        joined.TrustedCrls.Select(c => c.Thumbprint).ShouldContain(crl.Thumbprint);
        joined.LocalAuthorities.ShouldBe([s_local.Certificate]);
    }

    [Fact]
    public void A_revocation_list_without_its_authority_is_left_out()
    {
        var folder = TrustSet.Empty with { TrustedCrls = [s_local.Crl()] };
        var given = Set(s_gds.TrustList());
        TrustMerge.Join(given, [], folder, []).SameAs(given).ShouldBeTrue();
    }

    [Fact]
    public void What_is_trusted_here_only_is_told_apart_from_what_the_GDS_gave()
    {
        var given = Set(s_gds.TrustList(s_peer));
        var folder = given with { TrustedCertificates = [.. given.TrustedCertificates, s_other] };
        TrustMerge.LocalOnly([given], folder).ShouldBe([s_other]);
    }

    private static TrustSet Set(byte[] list) => TrustSet.Parse(list).Set;

    private static LocalDecision Decision(LocalVerdict verdict, ApplicationCertificate certificate) =>
        new(verdict, "application", certificate.Sha256, certificate.Subject, s_time.GetUtcNow(), certificate.Der);
}

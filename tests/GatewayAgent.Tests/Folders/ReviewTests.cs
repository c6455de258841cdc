using GatewayAgent.Folders;
using GatewayAgent.Tests.Kit;
using Microsoft.Extensions.Time.Testing;
using Pki;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Folders;

/// <summary>Nothing reaches a disk that has not been looked at.</summary>
public class ReviewTests
{
    private const string Uri = "urn:plant:gateway";
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);
    private static readonly FakeTimeProvider s_time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly Authority _gds = new("GDS CA", 0, s_time);

    [Fact]
    public void A_sound_list_passes() => Should.NotThrow(() => Check(_gds.TrustList()));

    [Fact]
    public void A_list_without_a_revocation_list_for_its_authority_is_refused() =>
        Should.Throw<AgentProblem>(() => Check(_gds.TrustList(crl: null))).Message.ShouldContain("GDS CA");

    [Fact]
    public void A_list_with_an_expired_revocation_list_is_refused() =>
        Should.Throw<AgentProblem>(() => Check(_gds.TrustList(_gds.Crl(age: TimeSpan.FromDays(9), life: TimeSpan.FromDays(8))))).Message.ShouldContain("ended at");

    [Fact]
    public void A_list_with_a_revocation_list_of_the_future_is_refused_and_names_the_clock() =>
        Should.Throw<AgentProblem>(() => Check(_gds.TrustList(_gds.Crl(age: TimeSpan.FromHours(-2))))).Message.ShouldContain("clock");

    [Fact]
    public void A_revocation_list_that_another_key_signed_is_refused()
    {
        var impostor = new Authority("GDS CA", 4, s_time);
        var list = TrustListContent.Encode(new TrustListDataType(TrustListMasks.All, [_gds.Certificate.Der], [impostor.Crl().Der], [], []));
        Should.Throw<AgentProblem>(() => Check(list)).Message.ShouldContain("revocation list");
    }

    [Fact]
    public void A_part_of_a_list_is_not_taken_for_the_whole()
    {
        var list = TrustListContent.Encode(new TrustListDataType(TrustListMasks.TrustedCertificates, [_gds.Certificate.Der], [], [], []));
        Should.Throw<AgentProblem>(() => TrustSet.Parse(list)).Message.ShouldContain("part");
    }

    [Fact]
    public void A_revocation_list_that_cannot_be_read_is_an_error_and_a_certificate_is_left_out_with_a_note()
    {
        byte[] junk = [1, 2, 3];
        var broken = new TrustListDataType(TrustListMasks.All, [_gds.Certificate.Der, junk], [_gds.Crl().Der], [], []);
        var (set, notes) = TrustSet.Parse(TrustListContent.Encode(broken));
        set.TrustedCertificates.ShouldBe([_gds.Certificate]);
        notes.ShouldHaveSingleItem().ShouldContain("entry 2 of the trusted certificates");
        Should.Throw<AgentProblem>(() => TrustSet.Parse(TrustListContent.Encode(broken with { TrustedCrls = [junk] }))).Message.ShouldContain("Entry 1 of the trusted revocation lists");
    }

    [Fact]
    public async Task A_sound_certificate_passes() => (await FaultAsync(_gds.Own(Uri, Authority.Key(5)))).ShouldBeNull();

    [Fact]
    public async Task A_certificate_for_another_application_is_never_taken()
    {
        var fault = await FaultAsync(_gds.Own("urn:plant:other", Authority.Key(5)));
        fault!.IsFinal.ShouldBeTrue();
        fault.Text.ShouldContain("urn:plant:other");
    }

    [Fact]
    public async Task A_revoked_certificate_is_never_taken()
    {
        var own = _gds.Own(Uri, Authority.Key(5));
        _gds.Revoke(own.Certificate);
        var fault = await FaultAsync(own);
        fault!.IsFinal.ShouldBeTrue();
        fault.Text.ShouldContain("BadCertificateRevoked");
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_the_list_does_not_hold_waits_for_a_better_list()
    {
        var stranger = new Authority("Other CA", 6, s_time);
        var fault = await FaultAsync(stranger.Own(Uri, Authority.Key(5)));
        fault!.IsFinal.ShouldBeFalse();
    }

    [Fact]
    public async Task An_expired_certificate_is_never_taken()
    {
        var key = Authority.Key(5);
        var own = new IdentityCertificate(_gds.Issue(Uri, key, TimeSpan.FromDays(-30), TimeSpan.FromDays(-1)), key, []);
        (await FaultAsync(own))!.IsFinal.ShouldBeTrue();
    }

    private static void Check(byte[] list) => TrustSetReview.Check(TrustSet.Parse(list).Set, s_time.GetUtcNow(), s_skew);

    private Task<CertificateFault?> FaultAsync(IdentityCertificate own) =>
        CertificateReview.FindFaultAsync(own, Uri, TrustSet.Parse(_gds.TrustList()).Set, s_skew, s_time, CancellationToken.None);
}

using Gds.Core.Certificates;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

public sealed class RevocationTests
{
    private static async Task<(GdsFixture Gds, Guid Id, byte[] Certificate)> CertifiedAsync()
    {
        var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        return (gds, id, await CertifyAsync(gds, id));
    }

    private static async Task<byte[]> CertifyAsync(GdsFixture gds, Guid id, string subject = "CN=Gateway")
    {
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(subject: subject), default);
        return (await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).Certificate;
    }

    private static CertificateRevocationList Crl(GdsFixture gds) => CertificateRevocationList.Parse(gds.TrustLists.Peek(null).TrustedCrls[0]);

    [Fact]
    public async Task Revoking_puts_the_serial_number_on_a_new_crl_at_once()
    {
        var (gds, id, certificate) = await CertifiedAsync();
        await using var _ = gds;
        var before = Crl(gds);
        gds.Time.Advance(TimeSpan.FromHours(1));
        await gds.Certificates.RevokeAsync(Callers.Admin, id, certificate, RevocationCause.KeyCompromise, default);
        var crl = Crl(gds);
        crl.Number.ShouldBe(before.Number + 1);
        crl.ThisUpdate.ShouldBeGreaterThan(before.ThisUpdate);
        var entry = crl.Find(ApplicationCertificate.Parse(certificate)).ShouldNotBeNull();
        entry.Reason.ShouldBe(RevocationReason.KeyCompromise);
        crl.IsSignedBy(ApplicationCertificate.Parse(gds.TrustLists.Peek(null).TrustedCertificates[0])).ShouldBeTrue();
        gds.Events.OfType<CertificateRevoked>().Single().ApplicationId.ShouldBe(id);
        gds.Events.OfType<TrustListChanged>().Last().LastUpdateTime.ShouldBe(gds.TrustLists.Peek(null).LastUpdateTime);
        (await gds.Certificates.GetCertificatesAsync(Callers.Admin, id, null, default)).Certificates.ShouldBeEmpty();
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, null, default)).ShouldBeTrue();
        await gds.RestartAsync();
        Crl(gds).Der.ShouldBe(crl.Der);
    }

    [Fact]
    public async Task A_certificate_that_is_not_the_applications_cannot_be_revoked_for_it()
    {
        var (gds, id, certificate) = await CertifiedAsync();
        await using var _ = gds;
        var other = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:other"), default);
        await gds.Certificates.RevokeAsync(Callers.Admin, other, certificate, RevocationCause.Unspecified, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument);
        await gds.Certificates.RevokeAsync(Callers.Admin, id, Foreign.SelfSigned("urn:plant:gateway"), RevocationCause.Unspecified, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "not issued");
        await gds.Certificates.RevokeAsync(Callers.Admin, id, new byte[] { 1, 2 }, RevocationCause.Unspecified, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "Certificate");
        await gds.Certificates.RevokeAsync(Callers.Admin, Guid.NewGuid(), certificate, RevocationCause.Unspecified, default).ShouldBeRefusedAsync(ProblemKind.NotFound);
        await gds.Certificates.RevokeAsync(Callers.Admin, "ABCD", RevocationCause.Unspecified, default).ShouldBeRefusedAsync(ProblemKind.NotFound, "ABCD");
        await gds.Certificates.RevokeAsync(Callers.Admin, id, certificate, RevocationCause.Unspecified, default);
        await gds.Certificates.RevokeAsync(Callers.Admin, id, certificate, RevocationCause.Unspecified, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "already");
    }

    [Fact]
    public async Task A_crl_that_cannot_be_signed_leaves_nothing_revoked()
    {
        var (gds, id, certificate) = await CertifiedAsync();
        await using var _ = gds;
        var before = Crl(gds);
        gds.Issuer.BeforeCrl = _ => throw new GdsProblem(ProblemKind.Unavailable, "the key is away");
        await gds.Certificates.RevokeAsync(Callers.Admin, id, certificate, RevocationCause.KeyCompromise, default).ShouldBeRefusedAsync(ProblemKind.Unavailable);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Revoked))).ShouldBe(0);
        Crl(gds).Der.ShouldBe(before.Der);
        (await gds.Certificates.GetCertificatesAsync(Callers.Admin, id, null, default)).Certificates.Count.ShouldBe(1);
        gds.Events.OfType<CertificateRevoked>().ShouldBeEmpty();
        gds.Issuer.BeforeCrl = _ => Task.CompletedTask;
        await gds.Certificates.RevokeAsync(Callers.Admin, id, certificate, RevocationCause.KeyCompromise, default);
    }

    [Fact]
    public async Task Revoked_certificates_stay_on_the_crl_until_well_after_their_end()
    {
        var (gds, id, certificate) = await CertifiedAsync();
        await using var _ = gds;
        await gds.Certificates.RevokeAsync(Callers.Admin, id, certificate, RevocationCause.Unspecified, default);
        gds.Time.Advance(TimeSpan.FromDays(370));
        await gds.Upkeep.ReissueCrlsIfDueAsync(default);
        Crl(gds).Entries.Count.ShouldBe(1);
        gds.Time.Advance(TimeSpan.FromDays(60));
        await gds.Upkeep.ReissueCrlsIfDueAsync(default);
        Crl(gds).Entries.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Renewal_is_advised_when_two_thirds_of_the_life_are_gone()
    {
        var (gds, id, _) = await CertifiedAsync();
        await using var __ = gds;
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, null, default)).ShouldBeFalse();
        gds.Time.Advance(TimeSpan.FromDays(243));
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, 12560, default)).ShouldBeFalse();
        gds.Time.Advance(TimeSpan.FromDays(1));
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, null, default)).ShouldBeTrue();
        await CertifyAsync(gds, id, "CN=Renewed");
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, null, default)).ShouldBeFalse();
        (await gds.Certificates.GetCertificatesAsync(Callers.Admin, id, null, default)).Certificates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Renewal_is_advised_when_no_host_of_the_certificate_is_left_in_the_record()
    {
        var (gds, id, _) = await CertifiedAsync();
        await using var __ = gds;
        await gds.Directory.UpdateAsync(Callers.Admin, id, Sample.Server("urn:plant:gateway", "opc.tcp://gateway.plant:1", "opc.tcp://second:1"), default);
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, null, default)).ShouldBeFalse();
        await gds.Directory.UpdateAsync(Callers.Admin, id, Sample.Server("urn:plant:gateway", "opc.tcp://moved:1"), default);
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, null, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Status_groups_and_lists_ask_for_a_group_and_type_that_are_there()
    {
        var (gds, id, _) = await CertifiedAsync();
        await using var __ = gds;
        await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, "Nope", null, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "Nope");
        await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, 12558, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "12558");
        await gds.Certificates.GetTrustListAsync(Callers.Admin, id, "Nope", default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument);
        await gds.Certificates.GetCertificatesAsync(Callers.Admin, id, "Nope", default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument);
        (await gds.Certificates.GetTrustListAsync(Callers.Admin, id, null, default)).ShouldBe("DefaultApplicationGroup");
        await gds.Groups.AssignAsync(Callers.Admin, id, "DefaultApplicationGroup", false, default);
        (await gds.Certificates.GetCertificateGroupsAsync(Callers.Admin, id, default)).ShouldBeEmpty();
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, id, null, null, default)).ShouldBeTrue();
        await gds.Certificates.GetTrustListAsync(Callers.Admin, id, null, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "not in the group");
        await gds.Requests.StartSigningRequestAsync(Callers.Application("urn:plant:gateway", "AA"), id, null, null, Sample.Csr(), default).ShouldBeRefusedAsync(ProblemKind.RequestNotAllowed, "not in the group");
        await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(subject: "CN=x"), default);
        (await gds.Certificates.GetCertificateGroupsAsync(Callers.Admin, id, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_register_is_listed_and_shown()
    {
        var (gds, id, der) = await CertifiedAsync();
        await using var _ = gds;
        var certificate = ApplicationCertificate.Parse(der);
        var view = (await gds.Certificates.ListAsync(Callers.Admin, id, null, 10, default)).Single();
        (view.SerialNumber, view.Thumbprint, view.State).ShouldBe((certificate.SerialNumber, certificate.Thumbprint, CertificateState.Issued));
        view.NotAfter.ShouldBe(certificate.NotAfter.UtcDateTime);
        (await gds.Certificates.GetAsync(Callers.Admin, certificate.SerialNumber.ToLowerInvariant(), default)).Id.ShouldBe(view.Id);
        (await gds.Certificates.GetAsync(Callers.Admin, certificate.Thumbprint, default)).Id.ShouldBe(view.Id);
        (await gds.Certificates.ListAsync(Callers.Admin, null, CertificateState.Revoked, 10, default)).ShouldBeEmpty();
        await gds.Certificates.GetAsync(Callers.With(GdsRoles.None), certificate.Thumbprint, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        gds.Certificates.HolderOf(certificate.Thumbprint).ShouldBe(id);
        gds.Certificates.HolderOf("AA").ShouldBeNull();
        gds.Time.Advance(TimeSpan.FromDays(400));
        gds.Certificates.HolderOf(certificate.Thumbprint).ShouldBeNull();
    }

    [Fact]
    public async Task A_certificate_follows_the_profile()
    {
        var (gds, _, der) = await CertifiedAsync();
        await using var __ = gds;
        var c = ApplicationCertificate.Parse(der);
        c.Version.ShouldBe(3);
        c.KeyUsages.ShouldBe(CertificateUsages.RsaApplication);
        c.ExtendedKeyUsages.ShouldBe([CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication]);
        c.BasicConstraints!.IsCertificateAuthority.ShouldBeFalse();
        c.DnsNames.ShouldBe(["gateway.plant"]);
        c.AlternativeNames.Uris.ShouldBe(["urn:plant:gateway"]);
        c.SubjectKeyIdentifier.ShouldNotBeNull();
        c.AuthorityKeyIdentifier.ShouldNotBeNull();
        (c.NotAfter - GdsFixture.Start).TotalDays.ShouldBe(365, 0.01);
        c.NotBefore.ShouldBeLessThan(GdsFixture.Start);
    }
}

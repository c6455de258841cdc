using Gds.Store;
using Pki;

namespace Gds.Core.Tests;

public sealed class WalkTests
{
    [Fact]
    public async Task A_gateway_is_registered_certified_and_revoked()
    {
        await using var gds = await GdsFixture.StartAsync();
        gds.Report.FirstStart.ShouldBeTrue();
        gds.Report.AdminPassword.ShouldNotBeNull();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        var finished = await gds.Delivery.FinishAsync(Callers.Admin, id, request, default);
        var certificate = ApplicationCertificate.Parse(finished.Certificate);
        certificate.ApplicationUri.ShouldBe("urn:plant:gateway");
        certificate.IsSignedBy(ApplicationCertificate.Parse(finished.IssuerCertificates[0])).ShouldBeTrue();
        finished.PrivateKey.ShouldBeNull();
        var before = gds.TrustLists.Peek(null);
        await gds.Certificates.RevokeAsync(Callers.Admin, id, finished.Certificate, RevocationCause.KeyCompromise, default);
        var after = await gds.TrustLists.ReadAsync(Callers.Admin, null, default);
        after.LastUpdateTime.ShouldBeGreaterThan(before.LastUpdateTime);
        CertificateRevocationList.Parse(after.TrustedCrls.Single()).Find(certificate).ShouldNotBeNull();
    }
}

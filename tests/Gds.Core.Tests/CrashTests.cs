using Gds.Core.Certificates;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

/// <summary>The process ends between recording a serial number, signing, and storing; the next start puts it right.</summary>
public sealed class CrashTests
{
    private static async Task<(GdsFixture Gds, Guid Id)> SceneAsync()
    {
        var gds = await GdsFixture.StartAsync();
        return (gds, await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default));
    }

    private static void CutOff(GdsFixture gds, string where, List<ApplicationCertificate> lost)
    {
        if (where == "before signing") gds.Issuer.BeforeIssue = _ => throw new IOException("power cut");
        else gds.Issuer.Issued = c => { lost.Add(c); throw new IOException("power cut"); };
    }

    private static async Task ShouldBeConsistentAsync(GdsFixture gds, List<ApplicationCertificate> lost)
    {
        var rows = await gds.QueryAsync(db => db.IssuedCertificates.AsNoTracking().ToListAsync());
        rows.Select(r => r.SerialNumber).ShouldBeUnique();
        rows.Where(r => r.State == CertificateState.Issued).ShouldAllBe(r => r.Certificate != null);
        foreach (var certificate in lost)
        {
            rows.Single(r => r.SerialNumber == certificate.SerialNumber).State.ShouldBe(CertificateState.Void);
            (await gds.RevocationCheck.CheckAsync(Callers.Admin, certificate.Der, default)).Status.ShouldBe(RevocationStatus.Revoked);
        }
    }

    [Theory]
    [InlineData("before signing")]
    [InlineData("after signing")]
    public async Task A_request_approved_by_rule_leaves_no_half_certificate(string where)
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var lost = new List<ApplicationCertificate>();
        CutOff(gds, where, lost);
        await Should.ThrowAsync<IOException>(() => gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default));
        (await gds.QueryAsync(db => db.IssueRequests.CountAsync())).ShouldBe(0);
        await gds.RestartAsync();
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default);
        await ShouldBeConsistentAsync(gds, lost);
    }

    [Theory]
    [InlineData("before signing")]
    [InlineData("after signing")]
    public async Task A_persons_approval_survives_and_the_certificate_is_issued_under_a_fresh_serial_number(string where)
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var ca = Callers.With(GdsRoles.CertificateAuthorityAdmin);
        var request = await gds.Requests.StartSigningRequestAsync(ca, id, null, null, Sample.Csr(), default);
        var lost = new List<ApplicationCertificate>();
        CutOff(gds, where, lost);
        await Should.ThrowAsync<IOException>(() => gds.Decisions.ApproveAsync(Callers.Admin, request, default));
        (await gds.Decisions.GetAsync(Callers.Admin, request, default)).State.ShouldBe(RequestState.Approved);
        await gds.Delivery.FinishAsync(ca, id, request, default).ShouldBeRefusedAsync(ProblemKind.NothingToDo);
        await gds.RestartAsync();
        var certificate = ApplicationCertificate.Parse((await gds.Delivery.FinishAsync(ca, id, request, default)).Certificate);
        lost.ShouldAllBe(l => l.SerialNumber != certificate.SerialNumber);
        await ShouldBeConsistentAsync(gds, lost);
    }

    [Theory]
    [InlineData("before signing")]
    [InlineData("after signing")]
    public async Task A_key_pair_is_made_anew_under_the_password_that_was_given(string where)
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var ca = Callers.With(GdsRoles.CertificateAuthorityAdmin);
        var request = await gds.Requests.StartNewKeyPairRequestAsync(ca, id, null, null, new(null, null, "PFX", "pass phrase"), default);
        var lost = new List<ApplicationCertificate>();
        CutOff(gds, where, lost);
        await Should.ThrowAsync<IOException>(() => gds.Decisions.ApproveAsync(Callers.Admin, request, default));
        await gds.RestartAsync();
        var finished = await gds.Delivery.FinishAsync(ca, id, request, default);
        using var pfx = PfxFile.Read(finished.PrivateKey!, "pass phrase");
        pfx.Certificate.Der.ShouldBe(finished.Certificate);
        await ShouldBeConsistentAsync(gds, lost);
    }

    [Fact]
    public async Task A_request_whose_issuer_was_away_is_issued_by_upkeep_and_only_once()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        gds.Issuer.BeforeIssue = _ => throw new GdsProblem(ProblemKind.Unavailable, "the external CA is away");
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        (await gds.Upkeep.ResumeApprovedAsync(default)).ShouldBe(0);
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default).ShouldBeRefusedAsync(ProblemKind.NothingToDo);
        gds.Issuer.BeforeIssue = _ => Task.CompletedTask;
        var counts = await Task.WhenAll(gds.Upkeep.ResumeApprovedAsync(default), gds.Upkeep.ResumeApprovedAsync(default), gds.Upkeep.ResumeApprovedAsync(default));
        counts.Sum().ShouldBe(1);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Issued))).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_pair_sealed_under_a_lost_secret_is_told_and_not_handed_out()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await gds.Requests.StartNewKeyPairRequestAsync(Callers.Admin, id, null, null, new(null, null, "PEM", null), default);
        await gds.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(gds.CaFolder, "ca.secret"), "another secret of enough characters");
        await gds.InitializeAsync();
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default).ShouldBeRefusedAsync(ProblemKind.RequestNotAllowed, "another data protection key");
    }

    [Fact]
    public async Task Serial_numbers_are_on_disk_before_anything_is_signed_under_them()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var seen = new List<CertificateState?>();
        gds.Issuer.BeforeIssue = async order => seen.Add(await gds.QueryAsync(db => db.IssuedCertificates
            .Where(c => c.SerialNumber == order.SerialNumber).Select(c => (CertificateState?)c.State).SingleOrDefaultAsync()));
        for (var i = 0; i < 3; i++) await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(subject: $"CN={i}"), default);
        seen.ShouldBe([CertificateState.Reserved, CertificateState.Reserved, CertificateState.Reserved]);
    }

    [Fact]
    public async Task An_application_that_is_unregistered_while_its_certificate_is_signed_gets_none()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        gds.Issuer.BeforeIssue = async _ =>
        {
            gds.Issuer.BeforeIssue = _ => Task.CompletedTask;
            await gds.Directory.UnregisterAsync(Callers.Admin, id, default);
        };
        await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default).ShouldBeRefusedAsync(ProblemKind.NotFound);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Issued))).ShouldBe(0);
    }
}

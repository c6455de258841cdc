using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Many_requests_at_once_get_each_its_own_certificate()
    {
        const int applications = 25, each = 8;
        await using var gds = await GdsFixture.StartAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, applications).Select(i => gds.Directory.RegisterAsync(Callers.Admin, Sample.Server($"urn:plant:{i}"), default)));
        var csrs = (from a in Enumerable.Range(0, applications) from n in Enumerable.Range(0, each) select (a, n, Csr: Sample.Csr($"urn:plant:{a}", subject: $"CN=App {a} {n}"))).ToList();

        var results = await Task.WhenAll(csrs.Select(c => Task.Run(async () =>
        {
            var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, ids[c.a], null, null, c.Csr, default);
            var finished = await gds.Delivery.FinishAsync(Callers.Admin, ids[c.a], request, default);
            return (c.a, c.n, Certificate: ApplicationCertificate.Parse(finished.Certificate));
        })));

        foreach (var (a, n, certificate) in results)
        {
            certificate.Subject.ShouldBe($"CN=App {a} {n}");
            certificate.ApplicationUri.ShouldBe($"urn:plant:{a}");
        }
        results.Select(r => r.Certificate.SerialNumber).ShouldBeUnique();
        var rows = await gds.QueryAsync(db => db.IssuedCertificates.AsNoTracking().Where(c => c.State == CertificateState.Issued).ToListAsync());
        rows.Select(r => r.SerialNumber).ShouldBe(results.Select(r => r.Certificate.SerialNumber), ignoreOrder: true);
        (await gds.QueryAsync(db => db.IssueRequests.CountAsync(r => r.State == RequestState.Accepted))).ShouldBe(applications * each);
        (await gds.AuditAsync("certificate.deliver")).Count.ShouldBe(applications * each);
        (await gds.QueryAsync(db => db.Applications.Select(a => a.RecordId).ToListAsync())).ShouldBeUnique();
        await gds.RestartAsync();
        foreach (var id in ids) (await gds.Certificates.GetCertificatesAsync(Callers.Admin, id, null, default)).Certificates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_request_is_handed_out_once_whoever_asks_at_the_same_time()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var request = await gds.Requests.StartNewKeyPairRequestAsync(Callers.Admin, id, null, null, new(null, null, "PEM", null), default);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).PrivateKey is not null;
            }
            catch (GdsProblem problem) when (problem.Kind == ProblemKind.InvalidArgument)
            {
                return false;
            }
        })));
        outcomes.Count(o => o).ShouldBe(1);
    }

    [Fact]
    public async Task Two_who_decide_at_the_same_time_do_not_issue_twice()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.With(GdsRoles.CertificateAuthorityAdmin), id, null, null, Sample.Csr(), default);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await gds.Decisions.ApproveAsync(Callers.Admin, request, default);
                return true;
            }
            catch (GdsProblem problem) when (problem.Kind == ProblemKind.InvalidState)
            {
                return false;
            }
        })));
        outcomes.Count(o => o).ShouldBe(1);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Issued))).ShouldBe(1);
    }

    [Fact]
    public async Task Revocations_at_the_same_time_are_all_on_the_last_crl()
    {
        await using var gds = await GdsFixture.StartAsync();
        var certificates = new List<(Guid Id, byte[] Der)>();
        for (var i = 0; i < 10; i++)
        {
            var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server($"urn:plant:{i}"), default);
            var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr($"urn:plant:{i}"), default);
            certificates.Add((id, (await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).Certificate));
        }
        await Task.WhenAll(certificates.Select(c => gds.Certificates.RevokeAsync(Callers.Admin, c.Id, c.Der, RevocationCause.Unspecified, default)));
        var crl = CertificateRevocationList.Parse(gds.TrustLists.Peek(null).TrustedCrls.Single());
        crl.Entries.Count.ShouldBe(10);
        crl.Number.ShouldBe(11);
        (await gds.QueryAsync(db => db.Crls.CountAsync())).ShouldBe(10);
    }
}

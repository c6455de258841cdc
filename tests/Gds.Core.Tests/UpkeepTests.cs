using Gds.Core.Audit;
using Gds.Core.Tokens;
using Gds.Core.Upkeep;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

public sealed class UpkeepTests
{
    [Fact]
    public async Task A_crl_is_issued_again_long_before_its_end_and_only_when_due()
    {
        await using var gds = await GdsFixture.StartAsync();
        (await gds.Upkeep.ReissueCrlsIfDueAsync(default)).ShouldBe(0);
        gds.Time.Advance(TimeSpan.FromDays(6.9));
        (await gds.Upkeep.ReissueCrlsIfDueAsync(default)).ShouldBe(0);
        gds.Time.Advance(TimeSpan.FromDays(0.2));
        var both = await Task.WhenAll(gds.Upkeep.ReissueCrlsIfDueAsync(default), gds.Upkeep.ReissueCrlsIfDueAsync(default));
        both.Sum().ShouldBe(1);
        var crl = CertificateRevocationList.Parse(gds.TrustLists.Peek(null).TrustedCrls.Single());
        crl.Number.ShouldBe(2);
        crl.NextUpdate!.Value.ShouldBe(gds.Time.GetUtcNow().AddDays(30), TimeSpan.FromSeconds(1));
        gds.Events.OfType<TrustListChanged>().Count().ShouldBe(2);
        (await gds.AuditAsync("crl.issue")).Single().Who.ShouldBe("gds");
    }

    [Fact]
    public async Task A_crl_may_be_asked_for_by_the_certificate_authority_admin()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Upkeep.ReissueCrlsAsync(Callers.With(GdsRoles.SecurityAdmin), null, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Upkeep.ReissueCrlsAsync(Callers.Admin, null, default);
        gds.Groups.Get(null).Authorities.Single().CrlNumber.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_over_is_removed_and_what_is_not_stays()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var ca = Callers.With(GdsRoles.CertificateAuthorityAdmin);
        await gds.Requests.StartSigningRequestAsync(ca, id, null, null, Sample.Csr(subject: "CN=pending"), default);
        await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(subject: "CN=uncollected"), default);
        var done = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(subject: "CN=done"), default);
        await gds.Delivery.FinishAsync(Callers.Admin, id, done, default);
        await gds.Tokens.CreateAsync(Callers.Admin, new TokenOrder(1, TimeSpan.FromDays(1), null, null), "opc.tcp://g:1", new byte[32], default);
        (await gds.Upkeep.PurgeAsync(default)).ShouldBe(new PurgeReport(0, 0, 0, 0));

        gds.Time.Advance(TimeSpan.FromDays(32));
        var fresh = await gds.Requests.StartSigningRequestAsync(ca, id, null, null, Sample.Csr(subject: "CN=fresh"), default);
        (await gds.Upkeep.PurgeAsync(default)).ShouldBe(new PurgeReport(3, 1, 0, 0));
        (await gds.QueryAsync(db => db.IssueRequests.Select(r => r.Id).ToListAsync())).ShouldBe([fresh]);
        (await gds.AuditAsync("request.expire")).Select(r => r.Detail).ShouldBe(["never decided", "never collected"], ignoreOrder: true);
        // The certificates themselves are still there.
        (await gds.Certificates.GetCertificatesAsync(Callers.Admin, id, null, default)).Certificates.Count.ShouldBe(1);
        (await gds.Upkeep.PurgeAsync(default)).ShouldBe(new PurgeReport(0, 0, 0, 0));
    }

    [Fact]
    public async Task An_approved_request_is_never_purged()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        gds.Issuer.BeforeIssue = _ => throw new GdsProblem(ProblemKind.Unavailable, "away");
        await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        gds.Time.Advance(TimeSpan.FromDays(100));
        (await gds.Upkeep.PurgeAsync(default)).Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Expired_certificates_are_marked_and_old_void_numbers_and_audit_rows_go()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default);
        await gds.RestartAsync();
        gds.Time.Advance(TimeSpan.FromDays(366));
        var report = await gds.Upkeep.PurgeAsync(default);
        report.Certificates.ShouldBe(1);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Expired))).ShouldBe(1);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Void))).ShouldBe(63);
        gds.Time.Advance(TimeSpan.FromDays(800));
        report = await gds.Upkeep.PurgeAsync(default);
        report.Certificates.ShouldBe(63);
        report.AuditRows.ShouldBeGreaterThan(0);
        (await gds.AuditAsync()).ShouldAllBe(r => r.Time > GdsFixture.Start.UtcDateTime.AddDays(365));
    }

    [Fact]
    public async Task The_expiry_report_names_the_newest_certificate_of_each_application_and_the_CA()
    {
        await using var gds = await GdsFixture.StartAsync();
        var old = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:old"), default);
        var renewed = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:renewed"), default);
        foreach (var (id, uri) in new[] { (old, "urn:old"), (renewed, "urn:renewed") })
            await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(uri), default);
        gds.Time.Advance(TimeSpan.FromDays(340));
        await gds.Requests.StartSigningRequestAsync(Callers.Admin, renewed, null, null, Sample.Csr("urn:renewed", subject: "CN=2"), default);
        gds.Upkeep.ExpiryReport(TimeSpan.FromDays(20)).ShouldBeEmpty();
        var report = gds.Upkeep.ExpiryReport(TimeSpan.FromDays(30)).Single();
        (report.Name, report.ApplicationId, report.IsAuthority).ShouldBe(("urn:old", (Guid?)old, false));
        gds.Upkeep.ExpiryReport(TimeSpan.FromDays(4000)).Count(e => e.IsAuthority).ShouldBe(1);
    }

    [Fact]
    public async Task Audit_rows_are_found_by_their_fields_page_by_page()
    {
        await using var gds = await GdsFixture.StartAsync();
        for (var i = 0; i < 5; i++) await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server($"urn:plant:{i}"), default);
        gds.Time.Advance(TimeSpan.FromHours(1));
        await gds.Directory.RegisterAsync(Callers.With(GdsRoles.None), Sample.Server("urn:x"), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);

        async Task<IReadOnlyList<AuditEntry>> Query(AuditQuery q) => await gds.AuditLog.QueryAsync(Callers.Admin, q, default);
        (await Query(new() { Action = "application.register" })).Count.ShouldBe(6);
        (await Query(new() { Action = "application.register", Refused = true })).Single().Result.ShouldBe("AccessDenied");
        (await Query(new() { Action = "application.register", Refused = false })).Count.ShouldBe(5);
        (await Query(new() { Target = "urn:plant:3" })).Single().Who.ShouldBe("ann");
        (await Query(new() { Who = "gds" })).Count.ShouldBe(3);
        (await Query(new() { Since = GdsFixture.Start.UtcDateTime.AddMinutes(30) })).Count.ShouldBe(1);
        (await Query(new() { Until = GdsFixture.Start.UtcDateTime.AddMinutes(30) })).Count.ShouldBe(8);
        var first = await Query(new() { Max = 4 });
        var second = await Query(new() { Max = 4, BeforeId = first[^1].Id });
        first.Concat(second).Select(r => r.Id).ShouldBe(first.Concat(second).Select(r => r.Id).Distinct().OrderDescending());
        await gds.AuditLog.QueryAsync(Callers.With(GdsRoles.None), new(), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.AuditLog.QueryAsync(Callers.Admin, new() { Max = 0 }, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "Max");
    }

    [Fact]
    public async Task A_change_that_is_not_stored_leaves_no_row_that_says_it_was()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        gds.Issuer.BeforeCrl = _ => throw new GdsProblem(ProblemKind.Unavailable, "away");
        await gds.Directory.UnregisterAsync(Callers.Admin, id, default).ShouldBeRefusedAsync(ProblemKind.Unavailable);
        (await gds.AuditAsync("application.unregister")).ShouldNotContain(r => r.Result == "Good");
        (await gds.AuditAsync("certificate.revoke")).ShouldBeEmpty();
        gds.Directory.Get(id).ShouldNotBeNull();
    }
}

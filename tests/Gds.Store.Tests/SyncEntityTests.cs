using Microsoft.EntityFrameworkCore;

namespace Gds.Store.Tests;

/// <summary>Reports about members, contacts, and the inbox: their moves, and that they come back as they were stored.</summary>
public sealed class SyncEntityTests
{
    private static readonly DateTime Now = StoreFixture.Now;

    [Fact]
    public void A_report_keeps_since_when_it_stands_so_and_since_when_it_is_out_of_sync()
    {
        var report = new MemberReport(Guid.NewGuid(), 1);
        Report(report, SyncOutcome.InSync, 0);
        (report.OutcomeSince, report.OutSince).ShouldBe((Now, null));
        Report(report, SyncOutcome.Waiting, 1);
        Report(report, SyncOutcome.Failing, 2);
        Report(report, SyncOutcome.Failing, 3);
        (report.OutcomeSince, report.OutSince, report.ReportedAt).ShouldBe((Now.AddHours(2), Now.AddHours(1), Now.AddHours(3)));
        Report(report, SyncOutcome.InSync, 4);
        (report.OutcomeSince, report.OutSince).ShouldBe((Now.AddHours(4), null));
    }

    [Fact]
    public void A_report_is_overdue_or_caught_up_only_in_turn()
    {
        var report = new MemberReport(Guid.NewGuid(), 1);
        Should.Throw<IllegalMoveException>(report.CaughtUp);
        report.Overdue(Now);
        Should.Throw<IllegalMoveException>(() => report.Overdue(Now));
        report.CaughtUp();
        report.OverdueAt.ShouldBeNull();
    }

    [Fact]
    public void Times_only_go_forward()
    {
        var report = new MemberReport(Guid.NewGuid(), 1);
        report.Verified(Now);
        report.Verified(Now.AddHours(-1));
        report.Verified(null);
        report.VerifiedAt.ShouldBe(Now);
        var contact = new ApplicationContact(Guid.NewGuid(), Now);
        contact.Heard(Now.AddHours(-1));
        contact.LastContactAt.ShouldBe(Now);
        var certificate = Certificate("AA");
        certificate.Seen(Now.AddHours(-1));
        (certificate.LastSeenAt, certificate.Count).ShouldBe((Now, 1));
    }

    [Theory]
    [InlineData(InboxState.Open, "", "trust dismiss")]
    [InlineData(InboxState.Trusted, "trust", "reopen")]
    [InlineData(InboxState.Dismissed, "dismiss", "trust")]
    public void A_certificate_of_the_inbox_moves_only_as_the_table_says(InboxState state, string way, string legal)
    {
        var moves = new Dictionary<string, Action<InboxCertificate>>
        {
            ["trust"] = c => c.Trust("group", "ann", Now),
            ["dismiss"] = c => c.Dismiss("ann", Now),
            ["reopen"] = c => c.Reopen(),
        };
        foreach (var (name, move) in moves)
        {
            var certificate = Certificate("AA");
            if (way.Length > 0) moves[way](certificate);
            certificate.State.ShouldBe(state);
            if (legal.Split(' ').Contains(name)) Should.NotThrow(() => move(certificate), name);
            else Should.Throw<IllegalMoveException>(() => move(certificate), name);
        }
    }

    [Fact]
    public void The_times_of_a_trust_list_are_bounded_and_the_last_ones_are_all_there()
    {
        var group = new CertificateGroup("Group", 1, Now);
        for (var i = 1; i <= 1_000; i++) group.TrustListChanged(Now.AddMinutes(i));
        group.TrustListTimes.Count.ShouldBeLessThanOrEqualTo(128);
        group.TrustListTimes[0].ShouldBe(Now);
        group.TrustListTimes.ShouldBeInOrder();
        group.TrustListTimes.TakeLast(32).ShouldBe(Enumerable.Range(969, 32).Select(i => Now.AddMinutes(i)));
        group.TrustListTimes[^1].ShouldBe(group.TrustListUpdatedAt);
    }

    [Fact]
    public async Task They_come_back_as_they_were_stored_and_go_with_the_application()
    {
        await using var store = await StoreFixture.CreateAsync();
        var application = new Application(Guid.NewGuid(), "urn:a", "admin", null, Now);
        application.Describe(1, ApplicationType.Server, [new(null, "A")], "urn:p", [], [], Now);
        await using (var db = store.Open())
        {
            var group = new CertificateGroup("Group", 1, Now);
            group.TrustListChanged(Now.AddTicks(12_345_678));
            db.AddRange(application, group);
            await db.SaveChangesAsync();
            var report = new MemberReport(application.Id, group.Id);
            Report(report, SyncOutcome.Drifted, 0);
            var certificate = Certificate("AA");
            certificate.Sightings.Add(new InboxSighting(application.Id, FindingKind.Drift, Now));
            certificate.Sightings[0].Seen(FindingPolicy.Offered, Now.AddHours(1));
            db.AddRange(report, new ApplicationContact(application.Id, Now), certificate);
            await db.SaveChangesAsync();
        }

        await using (var db = store.Open())
        {
            (await db.CertificateGroups.SingleAsync()).TrustListTimes.ShouldBe([Now, Now.AddTicks(12_345_678)]);
            (await db.CertificateGroups.SingleAsync()).TrustListTimes.ShouldAllBe(t => t.Kind == DateTimeKind.Utc);
            var report = await db.MemberReports.SingleAsync();
            (report.Outcome, report.Text, report.ReportedBy).ShouldBe((SyncOutcome.Drifted, "text", "agent"));
            var sighting = (await db.InboxCertificates.Include(c => c.Sightings).SingleAsync()).Sightings.Single();
            (sighting.Kind, sighting.Policy, sighting.LastSeenAt).ShouldBe((FindingKind.Drift, FindingPolicy.Offered, Now.AddHours(1)));
            db.Remove(await db.Applications.SingleAsync());
            await db.SaveChangesAsync();
        }

        await using var after = store.Open();
        (await after.MemberReports.CountAsync() + await after.ApplicationContacts.CountAsync()).ShouldBe(0);
        (await after.InboxCertificates.Include(c => c.Sightings).SingleAsync()).Sightings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_is_in_the_inbox_once()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        db.AddRange(Certificate("AA"), Certificate("AA"));
        await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    private static void Report(MemberReport report, SyncOutcome outcome, int hour)
        => report.Report(outcome, "AA", null, Now, null, "text", "agent", Now.AddHours(hour));

    private static InboxCertificate Certificate(string sha256)
        => new(Guid.NewGuid(), [1], "11", sha256, "CN=A", "CN=B", "urn:a", false, Now, Now.AddDays(1), Now);
}

using Gds.Core.Sync;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Tests;

/// <summary>Intended and confirmed state of the members of a group.</summary>
public sealed class SyncTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_of_the_present_certificate_and_list_is_in_sync()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        var member = plant.Member();
        member.State.ShouldBe(SyncState.InSync);
        member.Reason.ShouldBeNull();
        member.OutOfSyncSince.ShouldBeNull();
        member.Confirmed!.CertificateThumbprint.ShouldBe(plant.Thumbprint);
        member.Intended.Certificates.Single().Thumbprint.ShouldBe(plant.Thumbprint);
    }

    [Fact]
    public async Task A_member_that_nobody_reported_about_was_never_seen()
    {
        await using var plant = await SyncPlant.StartAsync();
        plant.Member().State.ShouldBe(SyncState.NeverSeen);
        plant.Sync.Summary(Callers.Admin).Counts.ShouldBe(new SyncCounts(0, 0, 0, 0, NeverSeen: 1, Overdue: 0));
    }

    [Fact]
    public async Task A_change_of_the_list_makes_a_member_wait_since_the_first_change_it_does_not_have()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(5));
        await plant.Gds.Upkeep.ReissueCrlsAsync(Callers.Admin, null, Ct);
        var first = plant.ListTime;
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(5));
        await plant.Gds.Upkeep.ReissueCrlsAsync(Callers.Admin, null, Ct);

        var member = plant.Member();
        (member.State, member.WaitsFor, member.Since).ShouldBe((SyncState.Waiting, SyncWait.NextContact, first));
        member.Reason.ShouldNotBeNull().ShouldContain("trust list");
    }

    [Fact]
    public async Task A_report_of_an_old_list_is_waiting_whatever_it_says()
    {
        await using var plant = await SyncPlant.StartAsync();
        var old = plant.Good();
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(5));
        await plant.Gds.Upkeep.ReissueCrlsAsync(Callers.Admin, null, Ct);
        await plant.ReportAsync(old);
        plant.Member().State.ShouldBe(SyncState.Waiting);
        await plant.ReportAsync(plant.Good());
        plant.Member().State.ShouldBe(SyncState.InSync);
    }

    [Fact]
    public async Task A_new_certificate_that_is_not_in_use_is_waited_for_since_it_was_issued()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(5));
        var issued = plant.Gds.Time.GetUtcNow().UtcDateTime;
        await plant.RenewAsync();
        var member = plant.Member();
        (member.State, member.WaitsFor, member.Since).ShouldBe((SyncState.Waiting, SyncWait.NextContact, issued));
        member.Reason.ShouldNotBeNull().ShouldContain(plant.Thumbprint);
        await plant.ReportAsync(plant.Good());
        plant.Member().State.ShouldBe(SyncState.InSync);
    }

    [Fact]
    public async Task A_request_that_nobody_decided_is_waited_for_until_it_is()
    {
        await using var plant = await SyncPlant.StartAsync(o => o.ApproveForAdmins = o.ApproveRenewals = false, withCertificate: false);
        var asked = plant.Gds.Time.GetUtcNow().UtcDateTime;
        var request = await plant.RequestAsync();
        plant.Gds.Time.Advance(TimeSpan.FromDays(3));
        var member = plant.Member();
        (member.State, member.WaitsFor, member.Since, member.Overdue).ShouldBe((SyncState.Waiting, SyncWait.Approval, asked, false));
        await plant.Gds.RestartAsync();
        plant.Member().WaitsFor.ShouldBe(SyncWait.Approval);
        await plant.Gds.Decisions.RejectAsync(Callers.Admin, request, "no", Ct);
        plant.Member().State.ShouldBe(SyncState.NeverSeen);
    }

    [Fact]
    public async Task A_certificate_that_was_revoked_or_expired_without_a_new_one_is_not_in_sync()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        await plant.Gds.Certificates.RevokeAsync(Callers.Admin, plant.Id, plant.Certificate.Der, RevocationCause.KeyCompromise, Ct);
        await plant.ReportAsync(plant.Good());
        var member = plant.Member();
        member.State.ShouldBe(SyncState.Waiting);
        member.Reason.ShouldNotBeNull().ShouldContain("revoked");
        plant.Gds.Time.Advance(TimeSpan.FromDays(400));
        plant.Member().Reason.ShouldNotBeNull().ShouldContain("expired");
    }

    [Theory]
    [InlineData(SyncOutcome.Failing, SyncState.Failing)]
    [InlineData(SyncOutcome.Drifted, SyncState.Drifted)]
    public async Task What_fails_or_drifted_is_so_since_the_first_such_report(SyncOutcome outcome, SyncState state)
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(1));
        var since = plant.Gds.Time.GetUtcNow().UtcDateTime;
        await plant.ReportAsync(plant.Good() with { Outcome = outcome, Text = "first" });
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(1));
        await plant.ReportAsync(plant.Good() with { Outcome = outcome, Text = "the disk is full" });
        var member = plant.Member();
        (member.State, member.Since, member.OutOfSyncSince, member.Reason).ShouldBe((state, since, since, "the disk is full"));
        (await plant.Gds.AuditAsync("sync.report")).Select(r => r.Detail).ShouldBe([$"{outcome}: first", "InSync"]);
        plant.Gds.Events.OfType<SyncChanged>().Select(e => e.Outcome).ShouldBe([SyncOutcome.InSync, outcome]);
        plant.Sync.Summary(Callers.Admin).Worst.Single().ApplicationUri.ShouldBe(SyncPlant.Uri);
    }

    [Fact]
    public async Task A_report_without_news_is_not_written_and_its_times_are_kept_in_one_batch()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        var stored = await plant.RowAsync();
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(7));
        var later = plant.Gds.Time.GetUtcNow().UtcDateTime;
        await plant.ReportAsync(plant.Good());
        (await plant.RowAsync()).VerifiedAt.ShouldBe(stored.VerifiedAt);
        plant.Member().Confirmed!.VerifiedAt.ShouldBe(later);
        plant.Member().LastContactAt.ShouldBe(later);

        await plant.Gds.Get<SyncWatch>().SaveContactsAsync(Ct);
        (await plant.RowAsync()).VerifiedAt.ShouldBe(later);
        await plant.Gds.RestartAsync();
        plant.Member().LastContactAt.ShouldBe(later);
        plant.Member().Confirmed!.VerifiedAt.ShouldBe(later);
        plant.Member().State.ShouldBe(SyncState.InSync);
    }

    [Fact]
    public async Task A_report_that_was_not_verified_this_time_is_no_news_and_takes_nothing_back()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        var stored = await plant.RowAsync();
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(1));
        await plant.ReportAsync(plant.Good() with { VerifiedAt = null });
        await plant.ReportAsync(plant.Good() with { VerifiedAt = null });
        var row = await plant.RowAsync();
        (row.ReportedAt, row.VerifiedAt).ShouldBe((stored.ReportedAt, stored.VerifiedAt));
    }

    [Fact]
    public async Task A_session_of_an_agent_counts_as_contact_for_all_that_it_administers()
    {
        await using var plant = await SyncPlant.StartAsync();
        var agent = await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Client("urn:plant:agent"), Ct);
        await plant.Gds.Directory.SetAdminAsync(Callers.Admin, agent, plant.Id, true, Ct);
        plant.Sync.Heard(Callers.Application("urn:plant:agent", "A6E7", trusted: false));
        plant.Member().LastContactAt.ShouldBeNull();
        plant.Sync.Heard(Callers.Application("urn:plant:agent", "A6E7"));
        plant.Member().LastContactAt.ShouldBe(plant.Gds.Time.GetUtcNow().UtcDateTime);
        await plant.ReportAsync(plant.Good(), Callers.Application("urn:plant:agent", "A6E7"));
        plant.Member().Confirmed!.ReportedBy.ShouldBe("urn:plant:agent");
    }

    [Fact]
    public async Task A_member_that_stays_out_of_sync_is_overdue_once_and_catches_up_once()
    {
        await using var plant = await SyncPlant.StartAsync(o => o.TrustListUpdateMinutes = 60);
        var watch = plant.Gds.Get<SyncWatch>();
        await plant.ReportAsync(plant.Good());
        await plant.Gds.Upkeep.ReissueCrlsAsync(Callers.Admin, null, Ct);
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(119));
        (await watch.CheckAsync(Ct)).ShouldBeEmpty();
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(2));
        (await watch.CheckAsync(Ct)).Single().ApplicationId.ShouldBe(plant.Id);
        (await watch.CheckAsync(Ct)).ShouldBeEmpty();
        await plant.Gds.RestartAsync();
        watch = plant.Gds.Get<SyncWatch>();
        (await watch.CheckAsync(Ct)).ShouldBeEmpty();
        plant.Sync.Overdue(Callers.Admin, null).Single().ApplicationId.ShouldBe(plant.Id);
        plant.Sync.Summary(Callers.Admin).Counts.Overdue.ShouldBe(1);

        await plant.ReportAsync(plant.Good());
        plant.Sync.Overdue(Callers.Admin, null).ShouldBeEmpty();
        (await watch.CheckAsync(Ct)).ShouldBeEmpty();
        plant.Gds.Events.OfType<MemberOverdue>().ShouldHaveSingleItem().ApplicationUri.ShouldBe(SyncPlant.Uri);
        plant.Gds.Events.OfType<MemberCaughtUp>().ShouldHaveSingleItem();
        (await plant.Gds.AuditAsync("sync.overdue")).ShouldHaveSingleItem();
        (await plant.Gds.AuditAsync("sync.caught-up")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task How_members_stand_is_for_those_with_a_role_and_of_one_for_itself_and_its_administrator()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Client("urn:plant:other"), Ct);
        foreach (var caller in new[] { Callers.With(GdsRoles.None), Callers.Application("urn:plant:other", "07E8"), Callers.Application(SyncPlant.Uri, plant.Thumbprint, trusted: false) })
        {
            Refused(() => plant.Sync.Of(caller, plant.Id));
            Refused(() => plant.Sync.Of(caller, Guid.NewGuid()));
            Refused(() => plant.Sync.List(caller));
            Refused(() => plant.Sync.Summary(caller));
            Refused(() => plant.Sync.Overdue(caller, null));
        }

        plant.Sync.Of(plant.Gateway, plant.Id).ShouldHaveSingleItem();
        Refused(() => plant.Sync.List(plant.Gateway));
        plant.Sync.Of(Callers.With(GdsRoles.DiscoveryAdmin), plant.Id).ShouldHaveSingleItem();
        Should.Throw<GdsProblem>(() => plant.Sync.Of(Callers.Admin, Guid.NewGuid())).Kind.ShouldBe(ProblemKind.NotFound);

        static void Refused(Func<object> look) => Should.Throw<GdsProblem>(look).Kind.ShouldBe(ProblemKind.AccessDenied);
    }

    [Fact]
    public async Task An_application_that_is_gone_leaves_nothing()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        await plant.Gds.Get<SyncWatch>().SaveContactsAsync(Ct);
        await plant.Gds.Directory.UnregisterAsync(Callers.Admin, plant.Id, Ct);
        plant.Sync.List(Callers.Admin).ShouldBeEmpty();
        await plant.Gds.Get<SyncWatch>().SaveContactsAsync(Ct);
        (await plant.Gds.QueryAsync(db => db.MemberReports.CountAsync())).ShouldBe(0);
        (await plant.Gds.QueryAsync(db => db.ApplicationContacts.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Each_wrong_argument_is_named()
    {
        await using var plant = await SyncPlant.StartAsync();
        var good = plant.Good();
        await Refused(good with { Group = "Nowhere" }, "CertificateGroupId");
        await Refused(good with { Outcome = (SyncOutcome)4 }, "Outcome");
        await Refused(good with { CertificateThumbprint = "ABC" }, "CertificateThumbprint");
        await Refused(good with { CertificateThumbprint = new string('x', 40) }, "CertificateThumbprint");
        await Refused(good with { TrustListUpdatedAt = new DateTime(2026, 1, 1) }, "TrustListLastUpdateTime");
        await Refused(good with { VerifiedAt = new DateTime(2026, 1, 1) }, "VerifiedAt");
        await Refused(good with { Text = new string('x', SyncReport.LongestText + 1) }, "Text");
        await plant.Gds.Groups.AssignAsync(Callers.Admin, plant.Id, "DefaultApplicationGroup", false, Ct);
        await Refused(good, "not in the group");

        Task Refused(SyncReport report, string names) => plant.ReportAsync(report).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, names);
    }

    [Fact]
    public async Task The_push_of_the_gds_may_report_at_length_and_about_anyone()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good() with { Outcome = SyncOutcome.Failing, Text = new string('x', 5_000) }, Caller.Gds);
        plant.Member().Reason!.Length.ShouldBe(SyncReport.LongestText);
        // A clock that is ahead verifies nothing in the future.
        await plant.ReportAsync(plant.Good() with { VerifiedAt = plant.Gds.Time.GetUtcNow().UtcDateTime.AddDays(1) }, Caller.Gds);
        plant.Member().Confirmed!.VerifiedAt.ShouldBe(plant.Gds.Time.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task A_list_time_in_whole_milliseconds_is_the_same_list()
    {
        await using var plant = await SyncPlant.StartAsync();
        plant.Gds.Time.Advance(TimeSpan.FromTicks(1_234_567));
        await plant.Gds.Upkeep.ReissueCrlsAsync(Callers.Admin, null, Ct);
        var time = plant.ListTime;
        var cut = new DateTime(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        cut.ShouldNotBe(time);
        await plant.ReportAsync(plant.Good() with { TrustListUpdatedAt = cut });
        plant.Member().State.ShouldBe(SyncState.InSync);
    }
}

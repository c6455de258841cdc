using Gds.Core.Sync;
using Gds.Store;

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
        plant.Sync.Summary().Counts.ShouldBe(new SyncCounts(0, 0, 0, 0, NeverSeen: 1, Overdue: 0));
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
}

using Gds.Core.Certificates;
using Gds.Core.Push;
using Gds.Core.Requests;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests.Push;

/// <summary>What starts pushes, and what a stop of the GDS leaves.</summary>
public sealed class PushDispatcherTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_target_is_pushed_to_and_a_revocation_reaches_it()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.Gds.Get<PushDispatcher>().StartAsync(Ct);
        await UntilAsync(plant, t => t.UpToDate);
        var peer = await IssueForPeerAsync(plant);
        await plant.Gds.Certificates.RevokeAsync(Callers.Admin, peer.SerialNumber, RevocationCause.KeyCompromise, Ct);
        await UntilAsync(plant, t => t.UpToDate);
        CertificateRevocationList.Parse(plant.Target.List.TrustedCrls.Single()).Find(peer).ShouldNotBeNull();
        (await RunsAsync(plant)).ShouldContain(r => r.Reason == PushReason.Revocation && r.State == PushRunState.Succeeded);
    }

    [Fact]
    public async Task A_target_that_was_away_is_tried_again_until_it_is_back()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        plant.Target.Relay.Block();
        await plant.Gds.Get<PushDispatcher>().StartAsync(Ct);
        await UntilAsync(plant, t => t.FailedRuns >= 2);
        plant.Target.Relay.LetThrough();
        await UntilAsync(plant, t => t.UpToDate);
        (await RunsAsync(plant)).ShouldContain(r => r.Reason == PushReason.Retry && r.State == PushRunState.Succeeded);
    }

    [Fact]
    public async Task A_run_that_a_stop_cut_off_is_taken_up()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        var id = await plant.Runs.RequestAsync(Callers.Admin, plant.ApplicationId, renew: true, Ct);
        (await plant.Runs.BeginAsync(id, Ct)).ShouldNotBeNull();
        await plant.Gds.RestartAsync();
        await plant.Gds.Get<PushDispatcher>().StartAsync(Ct);
        await UntilAsync(plant, t => t.UpToDate);
        var runs = await RunsAsync(plant);
        runs.Single(r => r.Id == id).State.ShouldBe(PushRunState.Interrupted);
        runs.ShouldContain(r => r.Reason == PushReason.Resume && r.Renew && r.State == PushRunState.Succeeded);
    }

    [Fact]
    public async Task A_wish_that_comes_during_a_run_begins_when_that_run_ends()
    {
        const int Wishes = 30;
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.Gds.Get<PushDispatcher>().StartAsync(Ct);
        for (var wish = 0; wish < Wishes; wish++)
        {
            var id = await plant.Runs.RequestAsync(Callers.Admin, plant.ApplicationId, renew: false, Ct);
            while ((await plant.Runs.GetAsync(Callers.Admin, id, Ct)).State == PushRunState.Queued) await Task.Delay(1, Ct);
        }
        await UntilAsync(plant, t => t.UpToDate);
        var runs = (await RunsAsync(plant)).OrderBy(r => r.StartedAt).ToList();
        foreach (var (before, next) in runs.Zip(runs.Skip(1)))
            (next.StartedAt!.Value - (before.EndedAt > next.CreatedAt ? before.EndedAt.Value : next.CreatedAt)).ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_certificate_that_is_due_starts_a_run()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.SucceedAsync();
        var dispatcher = plant.Gds.Get<PushDispatcher>();
        (await dispatcher.QueueDueAsync(Ct)).ShouldBe(0);
        await plant.Gds.QueryAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE IssuedCertificates SET NotBefore = '2001-01-01 00:00:00' WHERE ApplicationId IS NOT NULL"));
        await plant.Gds.RestartAsync();
        (await plant.Gds.Get<PushDispatcher>().QueueDueAsync(Ct)).ShouldBe(1);
        (await RunsAsync(plant)).ShouldContain(r => r.Reason == PushReason.Expiry && r.State == PushRunState.Queued);
    }

    [Fact]
    public async Task Another_application_to_administer_starts_a_run()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.Gds.Get<PushDispatcher>().StartAsync(Ct);
        await UntilAsync(plant, t => t.UpToDate);
        var runs = (await RunsAsync(plant)).Count;
        var managed = await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:plant:managed"), Ct);
        await plant.Gds.Directory.SetAdminAsync(Callers.Admin, plant.ApplicationId, managed, granted: true, Ct);
        var begun = TimeProvider.System.GetTimestamp();
        while ((await RunsAsync(plant)).Count == runs)
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(s_patience);
            await Task.Delay(20, Ct);
        }
    }

    [Fact]
    public async Task An_application_without_a_certificate_is_looked_for_once_a_day()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.SucceedAsync();
        var managed = await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:plant:managed"), Ct);
        await plant.Gds.Directory.SetAdminAsync(Callers.Admin, plant.ApplicationId, managed, granted: true, Ct);
        var dispatcher = plant.Gds.Get<PushDispatcher>();
        (await dispatcher.QueueDueAsync(Ct)).ShouldBe(0);
        await plant.Gds.QueryAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE PushTargets SET ConfirmedAt = '2001-01-01 00:00:00'"));
        (await dispatcher.QueueDueAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task Wishes_for_a_run_that_has_not_begun_are_one_run()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        var first = await plant.Runs.RequestAsync(Callers.Admin, plant.ApplicationId, renew: false, Ct);
        (await plant.Runs.RequestAsync(Callers.Admin, plant.ApplicationId, renew: true, Ct)).ShouldBe(first);
        (await plant.Runs.GetAsync(Callers.Admin, first, Ct)).Renew.ShouldBeTrue();
    }

    private static async Task<ApplicationCertificate> IssueForPeerAsync(PushPlant plant)
    {
        var id = await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:plant:peer"), Ct);
        var request = await plant.Gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr("urn:plant:peer"), Ct);
        return ApplicationCertificate.Parse((await plant.Gds.Delivery.FinishAsync(Callers.Admin, id, request, Ct)).Certificate);
    }

    private static Task<IReadOnlyList<PushRunView>> RunsAsync(PushPlant plant) => plant.Runs.ListAsync(Callers.Admin, plant.ApplicationId, 100, Ct);

    private static async Task UntilAsync(PushPlant plant, Func<PushTargetView, bool> isThere)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(s_patience);
        while (!isThere(await plant.Targets.GetAsync(Callers.Admin, plant.ApplicationId, limit.Token))) await Task.Delay(20, limit.Token);
    }
}

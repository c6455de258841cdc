using Gds.Core.Push;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Tests.Push;

/// <summary>A run whose end could not be stored, such as on a full disk.</summary>
public sealed class UnendedRunTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_taken_up_without_a_restart_and_keeps_no_other_run_from_its_target()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.SucceedAsync();
        await plant.Gds.Get<PushDispatcher>().StartAsync(Ct);
        var unended = await plant.Gds.QueryAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var run = new PushRun(Guid.CreateVersion7(), await db.PushTargets.Select(t => t.Id).SingleAsync(Ct), PushReason.Retry, renew: false, "gds", now);
            run.Begin(now);
            db.PushRuns.Add(run);
            await db.SaveChangesAsync(Ct);
            return run.Id;
        });
        var next = await plant.Runs.RequestAsync(Callers.Admin, plant.ApplicationId, renew: false, Ct);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(s_patience);
        while ((await plant.Runs.GetAsync(Callers.Admin, next, Ct)).State is PushRunState.Queued or PushRunState.Running) await Task.Delay(20, limit.Token);
        (await plant.Runs.GetAsync(Callers.Admin, next, Ct)).State.ShouldBe(PushRunState.Succeeded);
        (await plant.Runs.GetAsync(Callers.Admin, unended, Ct)).State.ShouldBe(PushRunState.Interrupted);
    }
}

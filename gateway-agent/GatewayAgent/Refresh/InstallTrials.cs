using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.Reload;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Refresh;

/// <summary>
/// A change of the folders is on trial until the gateway has been told and looked at. The trial is on disk before the first
/// folder changes, so that a kill at any instant ends in a verified change or in the set before.
/// </summary>
internal sealed class InstallTrials(GatewayReload reload, GatewayProbe probe, RejectedSweep rejected, TimeProvider time, ILogger<InstallTrials> logger)
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(24);

    /// <summary>Takes up a trial that a kill cut off: verified where every folder holds the change, else rolled back.</summary>
    public async Task FinishAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        if ((await application.Store.ReadAsync(cancellationToken)).Trial is not { } trial) return;
        var changed = await ChangedAsync(application, trial, cancellationToken);
        Log.TrialResumed(logger, application.Name, changed.Count, trial.Stores.Count);
        if (trial.Failure is { } failure) throw new AgentProblem(ProblemKind.Refused, await RollBackAsync(application, trial, failure, cancellationToken));
        if (changed.Count == trial.Stores.Count) await VerifyAsync(application, trial, cancellationToken);
        else foreach (var store in changed) await store.RollbackAsync(cancellationToken); // begun and not complete: the gateway was not told, and the whole change comes again
        await application.Store.ChangeAsync(s => s with { Trial = null }, cancellationToken);
    }

    /// <summary>Tells the gateway and looks at it.</summary>
    /// <returns>A note for the status; null where there is nothing to say.</returns>
    /// <exception cref="AgentProblem">The gateway does not live with the change, and it was rolled back.</exception>
    public async Task<string?> VerifyAsync(ManagedApplication application, InstallTrial trial, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var store in application.Stores.Where(s => trial.Stores.Contains(s.Name))) await rejected.RunAsync(application, store, cancellationToken);
            await reload.RunAsync(application.Configuration, cancellationToken);
            return await LookAsync(application, trial.Answered, cancellationToken);
        }
        catch (AgentProblem e)
        {
            throw new AgentProblem(ProblemKind.Refused, await RollBackAsync(application, trial, e.Message, cancellationToken), e);
        }
    }

    /// <returns>What became of it, in words.</returns>
    public async Task<string> RollBackAsync(ManagedApplication application, InstallTrial trial, string reason, CancellationToken cancellationToken)
    {
        var changed = await ChangedAsync(application, trial, cancellationToken);
        if (trial.Failure is null) await HoldAsync(application, trial with { Failure = reason }, reason, cancellationToken);
        foreach (var store in Enumerable.Reverse(changed)) await store.RollbackAsync(cancellationToken);
        var text = changed.Count == 0 && trial.Failure is null ? reason : await ReloadOldAsync(application, reason, cancellationToken);
        await application.Store.ChangeAsync(s => s with { Trial = null }, cancellationToken);
        return text;
    }

    private async Task<string> ReloadOldAsync(ManagedApplication application, string reason, CancellationToken cancellationToken)
    {
        Log.RolledBack(logger, application.Name, reason);
        var text = $"The change was rolled back, the folder is as it was before: {reason}";
        try
        {
            await reload.RunAsync(application.Configuration, cancellationToken);
            return text;
        }
        catch (AgentProblem e)
        {
            return $"{text} The gateway could not be told to go back either: {e.Message}";
        }
    }

    private async Task HoldAsync(ManagedApplication application, InstallTrial trial, string reason, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        var failures = (state.Hold?.Digest == trial.Digest ? state.Hold.Failures : 0) + 1;
        var wait = TimeSpan.FromTicks(Math.Min(LongestHold.Ticks, TimeSpan.FromMinutes(10).Ticks << Math.Min(failures - 1, 10)));
        await application.Store.ChangeAsync(s => s with { Trial = trial, Hold = new InstallHold(trial.Digest, failures, time.GetUtcNow() + wait, reason) }, cancellationToken);
    }

    private async Task<string?> LookAsync(ManagedApplication application, bool answered, CancellationToken cancellationToken)
    {
        if (application.Configuration.Verify is not { } verify) return null;
        if (!answered) return $"The gateway at {verify.EndpointUrl} did not answer before the change, so the change could not be verified by a connection.";
        var store = application.Stores[0];
        var (expected, problem) = await store.ReadOwnAsync(cancellationToken);
        if (expected is null && store.HasOwn) throw new AgentProblem(ProblemKind.Refused, $"The gateway has no certificate to verify by a connection{(problem is null ? "" : $": {problem}")}.");
        if (await probe.WaitAsync(verify, expected?.Certificate, await store.ReadAsync(cancellationToken), cancellationToken) is { } failure) throw new AgentProblem(ProblemKind.Refused, $"After the change {failure}.");
        Log.Verified(logger, application.Name, verify.EndpointUrl);
        await application.Store.ChangeAsync(s => s with { VerifiedAt = time.GetUtcNow() }, cancellationToken);
        return null;
    }

    /// <summary>The stores that hold the change now, in the order in which they were changed.</summary>
    private static async Task<IReadOnlyList<GatewayStore>> ChangedAsync(ManagedApplication application, InstallTrial trial, CancellationToken cancellationToken)
    {
        List<GatewayStore> changed = [];
        foreach (var store in application.Stores.Where(s => trial.Stores.Contains(s.Name)))
        {
            if (await store.LastUpdateAsync(cancellationToken) == trial.Update) changed.Add(store);
        }

        return changed;
    }
}

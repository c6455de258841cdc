using GatewayAgent.Configuration;
using GatewayAgent.Gds;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Gds;

namespace GatewayAgent.Refresh;

/// <summary>How a cycle ended.</summary>
/// <param name="Problem">Why the GDS was not met; null where it was.</param>
/// <param name="Failing">Applications that are not in step and not waiting either.</param>
internal sealed record CycleResult(AgentProblem? Problem, int Failing, bool IsWaiting)
{
    public bool IsGood => Problem is null && Failing == 0;
}

/// <summary>One round: one session with the GDS, each managed application, the agent itself last. Never two at once.</summary>
internal sealed class RefreshCycle(
    Fleet fleet, StateStore state, OwnIdentity own, GdsConnector connector, ApplicationRefresh refresh, TimeProvider time, ILogger<RefreshCycle> logger) : IDisposable
{
    /// <summary>The last part of its life in which the agent's own certificate is renewed whatever else waits.</summary>
    private const double LastPart = 0.1;

    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<CycleResult> RunAsync(bool byHand, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
            var enrolment = await state.ReadEnrolmentAsync(cancellationToken);
            if (configuration.Endpoint is not null && enrolment is null) return await PushedAsync(configuration, agent is null ? managed : [.. managed, agent], cancellationToken);
            if (enrolment is not { IsComplete: true } || agent is null)
                return new CycleResult(new AgentProblem(ProblemKind.NeedsEnrolment, "The agent is not enrolled: run 'gateway-agent enroll' with an enrolment string of the GDS ('gds token create')."), 0, false);
            return await RunAsync(enrolment, configuration, managed, agent, byHand, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Nobody is asked: what was pushed last is kept in place.</summary>
    private async Task<CycleResult> PushedAsync(AgentConfiguration configuration, IReadOnlyList<ManagedApplication> all, CancellationToken cancellationToken)
    {
        foreach (var application in all) await refresh.RepairAsync(application, configuration, cancellationToken);
        return new CycleResult(null, 0, false);
    }

    /// <summary>Keeps other cycles out, such as while an enrolment works on the same records.</summary>
    public async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<CycleResult> RunAsync(EnrolmentState enrolment, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> managed, ManagedApplication agent, bool byHand, CancellationToken cancellationToken)
    {
        UaSession session;
        try
        {
            await refresh.RecoverAsync(agent, cancellationToken);
            await own.OpenAsync(enrolment.ApplicationName, enrolment.ApplicationUri, configuration.Organization, cancellationToken);
            RefuseExpired();
            (session, var byPin) = await connector.ConnectAsync(enrolment, configuration.Timeout, configuration.ClockSkew, cancellationToken);
            if (!byPin && enrolment.PinnedCertificate is not null) await DropPinAsync(enrolment, cancellationToken);
        }
        catch (AgentProblem e)
        {
            return await AwayAsync(enrolment, configuration, [.. managed, agent], e, cancellationToken);
        }

        await using (session)
        {
            var now = time.GetUtcNow();
            await state.WriteContactAsync(new ContactState { LastAttempt = now, LastContact = now }, cancellationToken);
            return await AllAsync(session, configuration, managed, agent, byHand, cancellationToken);
        }
    }

    private async Task<CycleResult> AllAsync(UaSession session, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> managed, ManagedApplication agent, bool byHand, CancellationToken cancellationToken)
    {
        var directory = new DirectoryClient(session);
        List<ApplicationState> results = [];
        foreach (var application in managed)
        {
            results.Add(await refresh.RunAsync(directory, application, configuration, new RefreshMode(byHand), cancellationToken));
            if (session.State != SessionState.Connected) return await LostAsync(session, configuration, [.. managed.Skip(results.Count), agent], results, cancellationToken);
        }

        // A request can only be finished with the certificate it was started with, so the agent keeps its own while one waits.
        var waits = results.Exists(r => r.Pending is not null);
        results.Add(await refresh.RunAsync(directory, agent, configuration, new RefreshMode(byHand, KeepsCertificate: waits && !IsNearEnd()), cancellationToken));
        await own.Identity.RefreshAsync(cancellationToken);
        return new CycleResult(null, results.Count(r => r.State is SyncState.Failing or SyncState.NeedsEnrolment), results.Exists(r => r.State == SyncState.WaitingForApproval));
    }

    /// <summary>The connection broke: the others do not wait for it one after the other, and come with the next cycle.</summary>
    private async Task<CycleResult> LostAsync(UaSession session, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> others, IReadOnlyList<ApplicationState> results, CancellationToken cancellationToken)
    {
        var before = await state.ReadContactAsync(cancellationToken);
        var text = $"The connection to the GDS was lost during the cycle: {session.LastChange.Reason?.Message ?? "no reason is known"}";
        await state.WriteContactAsync(before with { LastError = text, FailuresInARow = before.FailuresInARow + 1 }, cancellationToken);
        Log.GdsAway(logger, session.Options.EndpointUrl, before.FailuresInARow + 1, text);
        foreach (var application in others) await refresh.RepairAsync(application, configuration, cancellationToken);
        return new CycleResult(new AgentProblem(ProblemKind.Unreachable, text), results.Count(r => r.State == SyncState.Failing), results.Any(r => r.State == SyncState.WaitingForApproval));
    }

    /// <summary>The GDS is away or does not let us in: the gateways keep what they have, whole.</summary>
    private async Task<CycleResult> AwayAsync(EnrolmentState enrolment, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> all, AgentProblem problem, CancellationToken cancellationToken)
    {
        var before = await state.ReadContactAsync(cancellationToken);
        var contact = before with { LastAttempt = time.GetUtcNow(), FailuresInARow = before.FailuresInARow + 1, LastError = problem.Message };
        await state.WriteContactAsync(contact, cancellationToken);
        Log.GdsAway(logger, enrolment.EndpointUrl, contact.FailuresInARow, problem.Message);
        foreach (var application in all) await refresh.RepairAsync(application, configuration, cancellationToken);
        if (problem.Kind == ProblemKind.NeedsEnrolment)
        {
            var agent = all[^1];
            await agent.Store.ChangeAsync(s => s with { State = SyncState.NeedsEnrolment, LastError = problem.Message, LastAttempt = contact.LastAttempt }, cancellationToken);
        }

        return new CycleResult(problem, 0, false);
    }

    private void RefuseExpired()
    {
        var certificate = own.Identity.Current.Primary.Certificate;
        if (time.GetUtcNow() > certificate.NotAfter)
            throw new AgentProblem(ProblemKind.NeedsEnrolment, $"The agent's own certificate expired at {certificate.NotAfter:u}, so that the GDS no longer lets it in: {GdsErrors.EnrolAgain(own.Client.ApplicationUri)}");
    }

    private bool IsNearEnd()
    {
        var certificate = own.Identity.Current.Primary.Certificate;
        return time.GetUtcNow() >= certificate.NotAfter - ((certificate.NotAfter - certificate.NotBefore) * LastPart);
    }

    private async Task DropPinAsync(EnrolmentState enrolment, CancellationToken cancellationToken)
    {
        await state.WriteEnrolmentAsync(enrolment with { PinnedCertificate = null }, cancellationToken);
        Log.PinDropped(logger);
    }
}

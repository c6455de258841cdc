using GatewayAgent.Configuration;
using GatewayAgent.Gds;
using GatewayAgent.Reports;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;
using Ua.Gds;
using Ua.Gds.Agents;

namespace GatewayAgent.Refresh;

/// <summary>How a cycle ended.</summary>
/// <param name="Problem">Why the GDS was not met; null where it was.</param>
/// <param name="Failing">Applications that are not in step and not waiting either.</param>
internal sealed record CycleResult(AgentProblem? Problem, int Failing, bool IsWaiting)
{
    public bool IsGood => Problem is null && Failing == 0;
}

/// <summary>One round: one session with the GDS, one look at all trust lists, each managed application, the agent itself last. Never two at once.</summary>
internal sealed class RefreshCycle(
    Fleet fleet, StateStore state, OwnIdentity own, GdsLink link, ApplicationRefresh refresh, GdsReports reports, TimeProvider time, ILogger<RefreshCycle> logger) : IDisposable
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

    /// <inheritdoc cref="AloneAsync{T}"/>
    public Task AloneAsync(Func<Task> work, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellationToken);

    public void Dispose() => _one.Dispose();

    private async Task<CycleResult> RunAsync(EnrolmentState enrolment, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> managed, ManagedApplication agent, bool byHand, CancellationToken cancellationToken)
    {
        MetGds met;
        GdsLook look;
        try
        {
            await refresh.RecoverAsync(agent, cancellationToken);
            await own.OpenAsync(enrolment.ApplicationName, enrolment.ApplicationUri, configuration.Organization, cancellationToken);
            RefuseExpired();
            (met, look) = await MeetAsync(enrolment, configuration, [.. managed, agent], byHand, cancellationToken);
            if (!met.ByPin && enrolment.PinnedCertificate is not null) await DropPinAsync(enrolment, cancellationToken);
        }
        catch (AgentProblem e)
        {
            return await AwayAsync(enrolment, configuration, [.. managed, agent], e, cancellationToken);
        }

        IReadOnlyDictionary<NodeId, DateTimeOffset>? seen = null;
        try
        {
            var now = time.GetUtcNow();
            await state.WriteContactAsync(new ContactState { LastAttempt = now, LastContact = now }, cancellationToken);
            var result = await AllAsync(met.Session, look, configuration, managed, agent, byHand, cancellationToken);
            if (result.Problem is null) seen = await SeenAsync(met.Session, [.. managed, agent], cancellationToken);
            return result;
        }
        finally
        {
            await link.GiveBackAsync(enrolment, configuration, seen, cancellationToken);
        }
    }

    /// <summary>A session with the GDS, and the look by which it shows that it is there.</summary>
    private async Task<(MetGds Met, GdsLook Look)> MeetAsync(EnrolmentState enrolment, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> all, bool byHand, CancellationToken cancellationToken)
    {
        while (true)
        {
            var met = await link.TakeAsync(enrolment, configuration, cancellationToken);
            try
            {
                return (met, await GdsLook.TakeAsync(met.Session, all, configuration, byHand, time.GetUtcNow(), cancellationToken));
            }
            catch (UaException e)
            {
                await link.DropAsync();
                if (!met.IsKept) throw GdsErrors.OfCall("the look at the trust lists", e);
                Log.KeptSessionGone(logger, enrolment.EndpointUrl, e.StatusCode, e.Message);
            }
        }
    }

    private async Task<CycleResult> AllAsync(UaSession session, GdsLook look, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> managed, ManagedApplication agent, bool byHand, CancellationToken cancellationToken)
    {
        var directory = new DirectoryClient(session);
        List<ApplicationState> results = [];
        foreach (var application in managed)
        {
            results.Add(await OneAsync(directory, application, configuration, new RefreshMode(byHand, Seen: look.Of(application)), cancellationToken));
            if (session.State != SessionState.Connected) return await LostAsync(session, configuration, [.. managed.Skip(results.Count), agent], results, cancellationToken);
        }

        // A request can only be finished with the certificate it was started with, so the agent keeps its own while one waits.
        var waits = results.Exists(r => r.Pending is not null);
        results.Add(await OneAsync(directory, agent, configuration, new RefreshMode(byHand, KeepsCertificate: waits && !IsNearEnd(), look.Of(agent)), cancellationToken));
        await own.Identity.RefreshAsync(cancellationToken);
        return new CycleResult(null, results.Count(r => r.State is SyncState.Failing or SyncState.NeedsEnrolment), results.Exists(r => r.State == SyncState.WaitingForApproval));
    }

    private async Task<ApplicationState> OneAsync(DirectoryClient directory, ManagedApplication application, AgentConfiguration configuration, RefreshMode mode, CancellationToken cancellationToken)
    {
        var result = await refresh.RunAsync(directory, application, configuration, mode, cancellationToken);
        if (directory.Session.State == SessionState.Connected) await reports.ReportAsync(directory.Session, application, result, again: mode.Seen is null, cancellationToken);
        else await reports.KeepAsync(application, cancellationToken);
        return result;
    }

    private async Task RepairAsync(IReadOnlyList<ManagedApplication> applications, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        foreach (var application in applications)
        {
            await refresh.RepairAsync(application, configuration, cancellationToken);
            await reports.KeepAsync(application, cancellationToken);
        }
    }

    /// <summary>What to listen to: the trust lists that the agent's applications use with the newest that any of them knows, and decisions while one waits.</summary>
    private static async Task<IReadOnlyDictionary<NodeId, DateTimeOffset>> SeenAsync(UaSession session, IReadOnlyList<ManagedApplication> all, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<NodeId, DateTimeOffset>();
        foreach (var application in all)
        {
            var known = await application.Store.ReadAsync(cancellationToken);
            if (known.Pending is not null && await DecisionsAsync(session, cancellationToken) is { } decisions) seen[decisions] = DateTimeOffset.MinValue;
            if (known.Places is not { } places) continue;
            var variable = NodeId.Parse(places.LastUpdateTimeId);
            var time = known.TrustList?.LastUpdate ?? DateTimeOffset.MinValue;
            if (!seen.TryGetValue(variable, out var other) || time > other) seen[variable] = time;
        }

        return seen;
    }

    private static async Task<NodeId?> DecisionsAsync(UaSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await new AgentReportClient(session).FindLastDecisionTimeAsync(cancellationToken);
        }
        catch (UaException)
        {
            return null; // what keeps the GDS from answering shows when the agent begins to listen
        }
    }

    /// <summary>Ends the session that is kept between the cycles.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await link.DropAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The connection broke: the others do not wait for it one after the other, and come with the next cycle.</summary>
    private async Task<CycleResult> LostAsync(UaSession session, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> others, IReadOnlyList<ApplicationState> results, CancellationToken cancellationToken)
    {
        var before = await state.ReadContactAsync(cancellationToken);
        var text = $"The connection to the GDS was lost during the cycle: {session.LastChange.Reason?.Message ?? "no reason is known"}";
        await state.WriteContactAsync(before with { LastError = text, FailuresInARow = before.FailuresInARow + 1 }, cancellationToken);
        Log.GdsAway(logger, session.Options.EndpointUrl, before.FailuresInARow + 1, text);
        await RepairAsync(others, configuration, cancellationToken);
        return new CycleResult(new AgentProblem(ProblemKind.Unreachable, text), results.Count(r => r.State == SyncState.Failing), results.Any(r => r.State == SyncState.WaitingForApproval));
    }

    /// <summary>The GDS is away or does not let us in: the gateways keep what they have, whole.</summary>
    private async Task<CycleResult> AwayAsync(EnrolmentState enrolment, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> all, AgentProblem problem, CancellationToken cancellationToken)
    {
        var before = await state.ReadContactAsync(cancellationToken);
        var contact = before with { LastAttempt = time.GetUtcNow(), FailuresInARow = before.FailuresInARow + 1, LastError = problem.Message };
        await state.WriteContactAsync(contact, cancellationToken);
        Log.GdsAway(logger, enrolment.EndpointUrl, contact.FailuresInARow, problem.Message);
        await RepairAsync(all, configuration, cancellationToken);
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

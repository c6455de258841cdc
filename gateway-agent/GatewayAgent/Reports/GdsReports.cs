using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Findings;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;
using Ua.Gds.Agents;
using Told = Ua.Gds.Agents.FindingKind;

namespace GatewayAgent.Reports;

/// <summary>
/// Tells the GDS how an application stands and what was found in its folders, as far as it has not been told yet. A GDS of
/// another maker has nowhere for it, which is no fault. What cannot be told now is told later. How an application stands that
/// is pushed to, whoever pushes knows better: of it only the findings are told.
/// </summary>
internal sealed class GdsReports(IFindings findings, ILogger<GdsReports> logger)
{
    private bool _saidUnserved;

    /// <param name="session">With the GDS.</param>
    /// <param name="application">Whose.</param>
    /// <param name="state">As the cycle left it.</param>
    /// <param name="again">Says how it stands even where that was said before: after an attempt that failed, and now and then.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ReportAsync(UaSession session, ManagedApplication application, ApplicationState state, bool again, CancellationToken cancellationToken)
    {
        if (state.ApplicationId is not { } id) return;
        try
        {
            var found = await findings.OfAsync(application, cancellationToken);
            var client = new AgentReportClient(session);
            var report = await ReportOfAsync(application, state, NodeId.Parse(id), found, cancellationToken);
            var outcome = Digest(report);
            var tellsState = application.Configuration.Pull && (again || outcome != state.Reported?.Outcome);
            if (tellsState && !IsServed(await TellAsync(application, () => client.ReportStateAsync(report, cancellationToken)))) return;
            var unsent = await application.Store.ReadUnsentAsync(cancellationToken);
            if (found.Digest != state.Reported?.Findings || unsent.Waiting.Count > 0)
            {
                var all = unsent.With(found.Findings.Select(Unsent)).Waiting;
                if (all.Count > 0 && !IsServed(await TellAsync(application, () => client.ReportFindingsAsync(NodeId.Parse(id), [.. all.Select(Encoded)], cancellationToken)))) return;
            }

            await ToldAsync(application, state, new ReportedState(outcome, found.Digest), unsent, cancellationToken);
        }
        catch (UaException e)
        {
            Log.ReportFailed(logger, application.Name, e.StatusCode, e.Message);
        }
        catch (AgentProblem e)
        {
            Log.ReportFailed(logger, application.Name, StatusCodes.BadUnexpectedError, e.Message);
        }
    }

    /// <summary>While the GDS is away: keeps what is found, since the gateway may not.</summary>
    public async Task KeepAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        try
        {
            var found = await findings.OfAsync(application, cancellationToken);
            if (found.Digest == (await application.Store.ReadAsync(cancellationToken)).Reported?.Findings) return;
            var unsent = await application.Store.ReadUnsentAsync(cancellationToken);
            var all = unsent.With(found.Findings.Select(Unsent));
            if (all.Waiting.Count != unsent.Waiting.Count || all.Waiting.Any(f => !unsent.Waiting.Any(f.IsSame))) await application.Store.WriteUnsentAsync(all, cancellationToken);
        }
        catch (AgentProblem e)
        {
            Log.ReportFailed(logger, application.Name, StatusCodes.BadUnexpectedError, e.Message);
        }
    }

    /// <summary>False where the GDS has no place for reports. One that it refuses counts as told: the same would be refused again.</summary>
    private async Task<bool> TellAsync(ManagedApplication application, Func<Task<bool>> tell)
    {
        try
        {
            return await tell();
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadUserAccessDenied || e.StatusCode == StatusCodes.BadInvalidArgument || e.StatusCode == StatusCodes.BadNotFound)
        {
            Log.ReportRefused(logger, application.Name, e.StatusCode, e.Message);
            return true;
        }
    }

    private bool IsServed(bool served)
    {
        if (!served && !_saidUnserved) Log.NoReports(logger);
        _saidUnserved = !served;
        return served;
    }

    private static async Task ToldAsync(ManagedApplication application, ApplicationState state, ReportedState told, UnsentFindings unsent, CancellationToken cancellationToken)
    {
        if (state.Reported != told) await application.Store.ChangeAsync(s => s with { Reported = told }, cancellationToken);
        if (unsent.Waiting.Count > 0) await application.Store.WriteUnsentAsync(UnsentFindings.None, cancellationToken);
    }

    private static async Task<AgentStateReport> ReportOfAsync(ManagedApplication application, ApplicationState state, NodeId id, FindingsReport found, CancellationToken cancellationToken)
    {
        var (own, problem) = await application.Stores[0].ReadOwnAsync(cancellationToken);
        var drifted = found.Findings.Count(f => f is { Kind: Findings.FindingKind.Drift, Treatment: not FindingTreatment.Removed });
        var (outcome, text) = state.State switch
        {
            SyncState.InSync when drifted > 0 => (AgentOutcome.Drifted, $"{drifted} certificates in the folder came neither from the GDS nor from a technician."),
            SyncState.InSync => (AgentOutcome.InSync, state.Note),
            SyncState.New => (AgentOutcome.Waiting, state.Note),
            SyncState.WaitingForApproval => (AgentOutcome.Waiting, state.Note ?? "A request waits for approval at the GDS."),
            _ => (AgentOutcome.Failing, state.LastError ?? problem),
        };
        return new AgentStateReport(
            id,
            state.Places is { } places ? NodeId.Parse(places.GroupId) : NodeId.Null,
            outcome,
            own?.Certificate.Thumbprint,
            state.TrustList is { } list && list.LastUpdate > DateTimeOffset.UnixEpoch ? list.LastUpdate.UtcDateTime : null,
            state.VerifiedAt?.UtcDateTime,
            text);
    }

    private static string Digest(AgentStateReport report) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{report.ApplicationId}|{report.GroupId}|{report.Outcome}|{report.CertificateThumbprint}|{report.TrustListUpdatedAt:O}|{report.VerifiedAt:O}|{report.Text}")))[..16];

    private static UnsentFinding Unsent(Finding finding) => new(finding.Kind, finding.Treatment, finding.Certificate.Der, finding.Seen);

    private static AgentFinding Encoded(UnsentFinding finding) => finding.Kind == Findings.FindingKind.Rejected
        ? new AgentFinding(Told.Rejected, FindingPolicy.None, finding.Certificate, finding.Seen.UtcDateTime)
        : new AgentFinding(
            Told.Drift,
            finding.Treatment switch
            {
                FindingTreatment.Removed => FindingPolicy.Removed,
                FindingTreatment.Offered => FindingPolicy.Offered,
                _ => FindingPolicy.Left,
            },
            finding.Certificate,
            finding.Seen.UtcDateTime);
}

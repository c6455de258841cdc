using GatewayAgent.Configuration;
using GatewayAgent.Endpoint;
using GatewayAgent.Enrolment;
using GatewayAgent.Findings;
using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Pki;

namespace GatewayAgent.Local;

/// <summary>What can be asked of the agent; the same for the command line that works by itself and for the door of a running agent.</summary>
internal sealed class AgentOperations(
    DataFolder data, StateStore state, Fleet fleet, RefreshCycle cycle, Enroller enroller, LocalDecisions decisions, IFindings findings)
{
    public async Task<StatusReport> EnrolAsync(EnrolOrder order, CancellationToken cancellationToken)
    {
        await enroller.RunAsync(order.EnrolmentString, order.Replace, cancellationToken);
        return await StatusAsync(cancellationToken);
    }

    public async Task<SyncReport> SyncAsync(CancellationToken cancellationToken)
    {
        var result = await cycle.RunAsync(byHand: true, cancellationToken);
        if (result.Problem is { } problem) throw problem;
        var applications = (await StatusAsync(cancellationToken)).Applications;
        var failing = applications.Where(a => a.State is SyncState.Failing or SyncState.NeedsEnrolment).Select(a => $"{a.Name}: {a.LastError}").ToList();
        return new SyncReport(result.IsGood, failing.Count == 0 ? null : string.Join(" ", failing), applications);
    }

    public async Task<StatusReport> StatusAsync(CancellationToken cancellationToken)
    {
        var (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        var enrolment = await state.ReadEnrolmentAsync(cancellationToken);
        var contact = await state.ReadContactAsync(cancellationToken);
        List<ApplicationStatus> applications = [];
        foreach (var application in agent is null ? managed : [agent, .. managed]) applications.Add(await StatusAsync(application, cancellationToken));
        var gds = new GdsStatus(enrolment?.EndpointUrl, contact.LastContact, contact.LastError, contact.FailuresInARow, enrolment?.Fingerprint);
        return new StatusReport(enrolment is { IsComplete: true }, gds, applications, data.Root, Running: false, NextCycle: null, fleet.Problem) { EndpointUrls = configuration.Endpoint?.NamedUrls() ?? [] };
    }

    public async Task<IReadOnlyList<FolderItem>> ListAsync(string? name, CancellationToken cancellationToken)
    {
        List<FolderItem> items = [];
        foreach (var application in await ChosenAsync(name, cancellationToken)) items.AddRange(await FolderListing.ReadAsync(application, cancellationToken));
        return items;
    }

    public async Task<DecisionReport> TrustAsync(DecisionOrder order, CancellationToken cancellationToken)
    {
        var chosen = await ChosenAsync(order.Application, cancellationToken);
        return new DecisionReport(order.Certificate is { } content
            ? await decisions.TrustAsync(chosen, Read(content), cancellationToken)
            : await decisions.TrustAsync(chosen, order.Thumbprint ?? "", cancellationToken));
    }

    public async Task<DecisionReport> RejectAsync(DecisionOrder order, CancellationToken cancellationToken) =>
        new(await decisions.RejectAsync(await ChosenAsync(order.Application, cancellationToken), order.Thumbprint ?? "", cancellationToken));

    public async Task SetAdministratorAsync(AdministratorOrder order, CancellationToken cancellationToken)
    {
        if (order.Password is { } password) await Administrator.Create(order.Name, password).WriteAsync(data, cancellationToken);
        else await AtomicFile.DeleteAsync(data.Administrator, cancellationToken);
    }

    private static ApplicationCertificate Read(byte[] content)
    {
        try
        {
            return PemFile.ReadCertificates(content)[0];
        }
        catch (PkiException e)
        {
            throw new AgentProblem(ProblemKind.Usage, $"The file holds no certificate: {e.Message}", e);
        }
    }

    /// <summary>The named application, or all managed ones; the agent's own folder only by its name.</summary>
    private async Task<IReadOnlyList<ManagedApplication>> ChosenAsync(string? name, CancellationToken cancellationToken)
    {
        var (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        if (agent is null && configuration.Endpoint is not null)
        {
            await state.EnsureNameAsync(cancellationToken);
            (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        }

        if (name is null) return managed.Count > 0 ? managed : agent is null ? throw None() : [agent];
        if (string.Equals(name, AgentConfiguration.OwnName, StringComparison.OrdinalIgnoreCase)) return [agent ?? throw new AgentProblem(ProblemKind.NotFound, "The agent is not enrolled, has no endpoint, and so no trust folder yet.")];
        var found = configuration.Find(name);
        return [managed.First(m => m.ApplicationUri == found.ApplicationUri)];
    }

    private static AgentProblem None() => new(ProblemKind.NotFound, "There are no applications in agent.json yet.");

    private async Task<ApplicationStatus> StatusAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        var record = await application.Store.ReadAsync(cancellationToken);
        var (certificate, list, problem) = await FolderStatusAsync(application, record, cancellationToken);
        var found = problem is null ? await findings.OfAsync(application, cancellationToken) : null;
        return new ApplicationStatus(
            application.Name, application.ApplicationUri, record.ApplicationId, record.State, certificate, list, record.LastSync, record.LastError ?? problem,
            record.Pending is { } pending ? pending.RequestId ?? "not yet sent" : null, record.Note, [.. application.Stores.Select(s => s.Path)])
        {
            Preset = application.Configuration.Preset,
            PresetNotes = PresetNotes.Of(application.Configuration),
            Drift = found?.Findings.Count(f => f.Kind == FindingKind.Drift) ?? 0,
            Rejected = found?.Findings.Count(f => f.Kind == FindingKind.Rejected) ?? 0,
        };
    }

    private static async Task<(CertificateStatus? Certificate, TrustListStatus? List, string? Problem)> FolderStatusAsync(ManagedApplication application, ApplicationState record, CancellationToken cancellationToken)
    {
        try
        {
            var (own, problem) = await application.Stores[0].ReadOwnAsync(cancellationToken);
            var folder = await application.Stores[0].ReadAsync(cancellationToken);
            var kept = await TrustListPull.KeptAsync(application, cancellationToken);
            var local = TrustMerge.LocalOnly(kept is null ? [] : [.. kept.Before, kept.Set], folder).Count;
            var next = folder.Crls.Select(c => c.NextUpdate).OfType<DateTimeOffset>().Order().Cast<DateTimeOffset?>().FirstOrDefault();
            var certificate = own?.Certificate is { } c ? new CertificateStatus(c.Thumbprint, c.Subject, c.Issuer, c.NotBefore, c.NotAfter) : null;
            return (certificate, new TrustListStatus(record.TrustList?.ChangedAtGds, folder.TrustedCertificates.Length, folder.IssuerCertificates.Length, folder.Crls.Count(), local, next), problem);
        }
        catch (AgentProblem e)
        {
            return (null, null, e.Message); // shown as the application's last error
        }
    }
}

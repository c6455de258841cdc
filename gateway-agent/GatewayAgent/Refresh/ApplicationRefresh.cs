using GatewayAgent.Configuration;
using GatewayAgent.Enrolment;
using GatewayAgent.Folders;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace GatewayAgent.Refresh;

/// <summary>How a cycle treats an application.</summary>
/// <param name="ByHand">A person asked for it: what was put off is tried at once.</param>
/// <param name="KeepsCertificate">No certificate is asked for or collected now.</param>
/// <param name="Seen">What the look at the GDS showed; null asks it for everything.</param>
internal readonly record struct RefreshMode(bool ByHand = false, bool KeepsCertificate = false, SeenTrustList? Seen = null);

/// <summary>One application, one cycle: registered, trust list pulled, certificate renewed where needed, both put into its folders.</summary>
internal sealed class ApplicationRefresh(
    Registration registration, TrustListPull trustLists, FolderInstall install, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Answers by which a GDS says that what was found there once is there no more.</summary>
    private static readonly StatusCode[] OfPlaces = [StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid, StatusCodes.BadMethodInvalid];

    private readonly ILogger _logger = loggers.CreateLogger<ApplicationRefresh>();

    /// <summary>Brings the application into step. What went wrong is in the returned record and in the log, and never stops the others.</summary>
    public async Task<ApplicationState> RunAsync(DirectoryClient directory, ManagedApplication application, AgentConfiguration configuration, RefreshMode mode, CancellationToken cancellationToken)
    {
        try
        {
            var (isWaiting, note) = application.Configuration.Pull
                ? await SyncAsync(directory, application, configuration, mode, cancellationToken)
                : (false, await RegisterAsync(directory, application, configuration, cancellationToken));
            var now = time.GetUtcNow();
            return await application.Store.ChangeAsync(
                s => s with { State = isWaiting ? SyncState.WaitingForApproval : SyncState.InSync, LastAttempt = now, LastSync = isWaiting ? s.LastSync : now, LastError = null, Note = note },
                cancellationToken);
        }
        catch (Exception e) when (e is AgentProblem or UaException or Pki.PkiException)
        {
            return await FailedAsync(application, e, cancellationToken);
        }
    }

    /// <summary>Without the GDS: the folder is kept as the last list says, and a certificate that was collected already is put in place.</summary>
    public async Task RepairAsync(ManagedApplication application, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(application, configuration, cancellationToken);
        }
        catch (Exception e) when (e is AgentProblem or UaException or Pki.PkiException)
        {
            await FailedAsync(application, e, cancellationToken);
        }
    }

    /// <summary>
    /// An application that is pushed to: the GDS knows it and that the agent keeps it, which is what lets the GDS push to it through
    /// the agent. Where the GDS does not want to, another manager may push, so that is only noted.
    /// </summary>
    private async Task<string?> RegisterAsync(DirectoryClient directory, ManagedApplication application, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        var kept = await KeepAsync(application, configuration, cancellationToken);
        try
        {
            return Join((await registration.EnsureAsync(directory, application, cancellationToken)).Note, kept, []);
        }
        catch (AgentProblem e) when (e.Kind == ProblemKind.Refused)
        {
            return Join($"The GDS cannot push to it: {e.Message}", kept, []);
        }
    }

    private async Task<string?> KeepAsync(ManagedApplication application, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        await RecoverAsync(application, cancellationToken);
        var kept = await TrustListPull.KeptAsync(application, cancellationToken);
        var collected = await CertificateRenewal.CollectedAsync(application, cancellationToken);
        if (kept is not null) return await install.RunAsync(application, configuration, kept, collected, byHand: false, cancellationToken);
        if (collected is not null) await install.PushAsync(application, configuration, new PushedSet(null, collected), cancellationToken);
        return null;
    }

    /// <summary>Completes or drops what a kill interrupted in the folders.</summary>
    public async Task RecoverAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        foreach (var store in application.Stores)
        {
            var outcome = await store.RecoverAsync(cancellationToken);
            if (outcome != RecoveryOutcome.NothingToDo) Log.Recovered(_logger, application.Name, store.Path, outcome == RecoveryOutcome.Completed ? "completed" : "dropped before it had begun");
        }
    }

    private async Task<(bool IsWaiting, string? Note)> SyncAsync(DirectoryClient directory, ManagedApplication application, AgentConfiguration configuration, RefreshMode mode, CancellationToken cancellationToken)
    {
        await RecoverAsync(application, cancellationToken);
        var (id, note) = await registration.EnsureAsync(directory, application, cancellationToken);
        try
        {
            var seen = mode.Seen?.Places.ApplicationId == id.ToString() ? mode.Seen : await FindAsync(directory, application, id, cancellationToken);
            var given = await trustLists.RunAsync(directory, application, NodeId.Parse(seen.Places.TrustListId), seen.LastUpdate, cancellationToken);
            var isQuiet = ReferenceEquals(seen, mode.Seen) && (await application.Store.ReadAsync(cancellationToken)).TrustList is { } before && before.File == given.Kept.File && before.LastUpdate == given.Kept.LastUpdate;
            var (outcome, problem) = mode.KeepsCertificate
                ? (RenewalOutcome.Nothing, null)
                : await RenewAsync(directory, application, configuration, given.Set, id, NodeId.Parse(seen.Places.GroupId), isQuiet, mode.ByHand, cancellationToken);
            var installed = await install.RunAsync(application, configuration, given, outcome.Certificate, mode.ByHand, cancellationToken);
            if (!ReferenceEquals(seen, mode.Seen)) await application.Store.ChangeAsync(s => s with { Places = seen.Places }, cancellationToken);
            if (problem is not null) throw new AgentProblem(ProblemKind.Refused, problem.Message, problem);
            return (outcome.IsWaiting, Join(note, installed, [.. given.Notes]));
        }
        catch (UaException e) when (OfPlaces.Contains(e.StatusCode))
        {
            await application.Store.ChangeAsync(s => s with { Places = null }, cancellationToken);
            throw;
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadNotFound)
        {
            await Registration.ForgetAsync(application, cancellationToken);
            throw new AgentProblem(ProblemKind.Refused, $"The GDS does not know the application {application.ApplicationUri} as {id} any more; it is registered anew in the next cycle.", e);
        }
    }

    /// <summary>Asks the GDS where everything is, as long as nothing of it is known.</summary>
    private async Task<SeenTrustList> FindAsync(DirectoryClient directory, ManagedApplication application, NodeId id, CancellationToken cancellationToken)
    {
        var group = await DefaultGroupAsync(directory, id, cancellationToken);
        var list = await directory.GetTrustListAsync(id, group, cancellationToken);
        var variable = await new TrustListFile(directory.Session, list).FindLastUpdateTimeAsync(cancellationToken);
        var times = await LastUpdateTimes.ReadAsync(directory.Session, [variable], cancellationToken);
        var changed = times.Of(variable) ?? throw new UaException(StatusCodes.BadNotReadable, $"The LastUpdateTime of the trust list of {application.Name} cannot be read.");
        return new SeenTrustList(new GdsPlaces(id.ToString(), times.Namespaces, group.ToString(), list.ToString(), variable.ToString(), time.GetUtcNow()), new DateTimeOffset(changed));
    }

    /// <summary>A request that fails must not keep the trust list from the gateway: it may revoke somebody.</summary>
    private async Task<(RenewalOutcome Outcome, Exception? Problem)> RenewAsync(
        DirectoryClient directory, ManagedApplication application, AgentConfiguration configuration, TrustSet given, NodeId id, NodeId group, bool isQuiet, bool byHand, CancellationToken cancellationToken)
    {
        if (!application.Stores.Any(s => s.HasOwn)) return (RenewalOutcome.Nothing, null);
        try
        {
            var reason = await ReasonAsync(directory, application, configuration, given, id, group, isQuiet, cancellationToken);
            var renewal = new CertificateRenewal(directory, configuration, time, loggers.CreateLogger<CertificateRenewal>());
            return (await renewal.RunAsync(application, id, group, reason, byHand, cancellationToken), null);
        }
        catch (UaException e) when (e.StatusCode != StatusCodes.BadNotFound)
        {
            return (RenewalOutcome.Nothing, Gds.GdsErrors.OfCall($"a certificate for {application.Name}", e));
        }
        catch (Exception e) when (e is AgentProblem or Pki.PkiException)
        {
            return (RenewalOutcome.Nothing, e);
        }
    }

    private async Task<string?> ReasonAsync(DirectoryClient directory, ManagedApplication application, AgentConfiguration configuration, TrustSet given, NodeId id, NodeId group, bool isQuiet, CancellationToken cancellationToken)
    {
        var wanted = RequestedNames.Of(application.Configuration, application.Name, configuration.Organization).Hosts;
        string? first = null;
        foreach (var store in application.Stores.Where(s => s.HasOwn))
        {
            var (own, problem) = await store.ReadOwnAsync(cancellationToken);
            var facts = new OwnCertificateFacts(own?.Certificate, problem, application.ApplicationUri, wanted);
            first ??= RenewalRule.Decide(facts, given, gdsSaysSo: null, configuration.RenewAfter, time.GetUtcNow());
        }

        if (first is not null || isQuiet) return first;
        return await directory.GetCertificateStatusAsync(id, group, NodeId.Null, cancellationToken) ? "the GDS asks for it" : null;
    }

    /// <summary>The group of application certificates; a GDS that lists several names the default one among them by its well-known id.</summary>
    private static async Task<NodeId> DefaultGroupAsync(DirectoryClient directory, NodeId id, CancellationToken cancellationToken)
    {
        var groups = await directory.GetCertificateGroupsAsync(id, cancellationToken);
        if (groups.Count == 0) throw new AgentProblem(ProblemKind.Refused, "The GDS has put the application into no certificate group; a CertificateAuthorityAdmin assigns one.");
        return groups.FirstOrDefault(g => g.NamespaceIndex != 0 && g.IdType == IdType.Numeric && g.Numeric == GroupIds.DefaultApplication.Group) is { IsNull: false } usual ? usual : groups[0];
    }

    private async Task<ApplicationState> FailedAsync(ManagedApplication application, Exception error, CancellationToken cancellationToken)
    {
        var text = error is UaException ua ? Gds.GdsErrors.OfCall($"a call for {application.Name}", ua).Message : error.Message;
        Log.SyncFailed(_logger, application.Name, text);
        return await application.Store.ChangeAsync(s => s with { State = SyncState.Failing, LastAttempt = time.GetUtcNow(), LastError = text }, cancellationToken);
    }

    private static string? Join(string? first, string? second, IReadOnlyList<string> more)
    {
        var all = new[] { first, second }.Concat(more).OfType<string>().ToList();
        return all.Count == 0 ? null : string.Join(" ", all);
    }
}

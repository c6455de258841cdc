using Gds.Core.Applications;
using Gds.Core.State;
using Gds.Store;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Gds;
using ApplicationRecord = Gds.Core.Applications.ApplicationRecord;

namespace Gds.Core.Push;

/// <summary>
/// One run: the server of the target, then every application that it manages and that is administered by it. Every step
/// looks at what is there, so a run that was cut off anywhere is taken up by the next.
/// </summary>
internal sealed class PushJob(LiveState live, PushRuns runs, PushDoor door, ApplicationPush push, PushReports reports, PushOptions options, TimeProvider time, ILogger<PushJob> log)
{
    private static readonly PushSubject s_whole = new(null, null);

    /// <summary>Does the run and stores how it ended; false where it failed.</summary>
    public async Task<bool> RunAsync(PushRun run, PushTarget target, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Run, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var state = live.Current;
        var version = PushTargets.VersionOf(state);
        var notes = new PushNotes(runs, run.Id, time);
        var application = state.Directory.Find(target.ApplicationId);
        if (application is null) return await EndAsync(run, null, "The application is not registered any more.", cancellationToken);
        List<string> failures;
        try
        {
            failures = await PushAsync(run, target, application, notes, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            failures = [await FailAsync(notes, application, s_whole, $"The run took longer than {options.RunMinutes} minutes.", waits: false, cancellationToken)];
        }
        catch (Exception e) when (e is UaException or GdsProblem or ArgumentException or Pki.PkiException)
        {
            failures = [await FailAsync(notes, application, s_whole, TextOf(e), IsWaiting(e), cancellationToken)];
        }
        return failures.Count == 0
            ? await EndAsync(run, version, "The target is as it should be.", cancellationToken)
            : await EndAsync(run, null, string.Join(" ", failures), cancellationToken);
    }

    private async Task<List<string>> PushAsync(PushRun run, PushTarget target, ApplicationRecord application, PushNotes notes, CancellationToken cancellationToken)
    {
        notes.Begin(PushStepKind.Connect);
        await using var connection = new PushConnection(door, target, application.ApplicationUri, options, time);
        await connection.OpenAsync(cancellationToken);
        await notes.DoneAsync(PushStepKind.Connect, s_whole, $"{target.EndpointUrl} shows [{connection.Served.Thumbprint}].", cancellationToken);
        var context = new PushContext(run, target, connection, notes);
        var managed = await ServerConfigurationClient.BrowseManagedApplicationsAsync(connection.Session, cancellationToken);
        List<string> failures = [];
        await OneAsync(context, ServerConfigurationIds.ServerConfiguration, application, isServer: true, failures, cancellationToken);
        foreach (var entry in managed)
        {
            if (!connection.IsOpen) await connection.OpenAsync(cancellationToken);
            await OneAsync(context, entry.NodeId, null, isServer: false, failures, cancellationToken);
        }
        return failures;
    }

    /// <summary>One configuration object. Its failure does not keep the others waiting.</summary>
    private async Task OneAsync(PushContext context, NodeId configurationId, ApplicationRecord? application, bool isServer, List<string> failures, CancellationToken cancellationToken)
    {
        var subject = new PushSubject(application?.ApplicationUri, null);
        try
        {
            context.Notes.Begin(PushStepKind.Inspect);
            var configuration = await ServerConfigurationClient.OpenAsync(context.Connection.Session, configurationId, cancellationToken);
            var properties = await configuration.ReadPropertiesAsync(cancellationToken);
            application ??= await ManagedAsync(context, properties, cancellationToken);
            if (application is null) return;
            subject = new(application.ApplicationUri, null);
            if (isServer) CheckIdentity(context, application, properties);
            var places = await PlacesAsync(context, application, configuration, properties, isServer, cancellationToken);
            if (places.Count > 0) await push.RunAsync(context, configurationId, places, cancellationToken);
            await RejectedAsync(context, configurationId, application, cancellationToken);
        }
        catch (Exception e) when (e is UaException or GdsProblem or Pki.PkiException)
        {
            failures.Add(application is null
                ? await NoteAsync(context.Notes, subject, TextOf(e), cancellationToken)
                : await FailAsync(context.Notes, application, subject, TextOf(e), IsWaiting(e), cancellationToken));
        }
    }

    /// <summary>What the target refused goes to the inbox; a target that does not tell is none the worse for it.</summary>
    private async Task RejectedAsync(PushContext context, NodeId configurationId, ApplicationRecord application, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = await ServerConfigurationClient.OpenAsync(context.Connection.Session, configurationId, cancellationToken);
            await reports.RejectedAsync(application.Id, await configuration.GetRejectedListAsync(cancellationToken), cancellationToken);
        }
        catch (UaException e)
        {
            await context.Notes.LimitedAsync(PushStepKind.Inspect, new(application.ApplicationUri, null), $"The rejected certificates cannot be read: {e.Message}", cancellationToken);
        }
    }

    // A target may show any application; only for those that it administers here does it get certificates.
    private async Task<ApplicationRecord?> ManagedAsync(PushContext context, ServerConfigurationProperties properties, CancellationToken cancellationToken)
    {
        var state = live.Current;
        var subject = new PushSubject(properties.ApplicationUri, null);
        if (properties.ApplicationUri is not { Length: > 0 } uri || state.Directory.Find(uri) is not { } found)
        {
            await context.Notes.LimitedAsync(PushStepKind.Inspect, subject, $"The target manages '{properties.ApplicationUri}', which is not registered.", cancellationToken);
            return null;
        }
        if (found.Id == context.Target.ApplicationId) return null;
        if (state.Grants.Has(context.Target.ApplicationId, found.Id)) return found;
        await context.Notes.LimitedAsync(PushStepKind.Inspect, subject, $"The target manages '{uri}', for which its application does not hold the privilege ApplicationAdmin.", cancellationToken);
        return null;
    }

    private static void CheckIdentity(PushContext context, ApplicationRecord application, ServerConfigurationProperties properties)
    {
        var shown = context.Connection.Session.Endpoint?.Server.ApplicationUri;
        foreach (var uri in new[] { properties.ApplicationUri, shown })
        {
            if (!string.IsNullOrEmpty(uri) && uri != application.ApplicationUri)
                throw new UaException(StatusCodes.BadCertificateUriInvalid, $"The server is '{uri}', not '{application.ApplicationUri}'.");
        }
    }

    private async Task<IReadOnlyList<PushPlace>> PlacesAsync(
        PushContext context, ApplicationRecord application, ServerConfigurationClient configuration, ServerConfigurationProperties properties, bool isServer, CancellationToken cancellationToken)
    {
        var places = new List<PushPlace>();
        var groups = await configuration.BrowseGroupsAsync(cancellationToken);
        foreach (var theirs in groups)
        {
            var subject = new PushSubject(application.ApplicationUri, theirs.Name);
            if (!theirs.IsForApplications || theirs.TrustList is null)
            {
                await context.Notes.SkippedAsync(PushStepKind.Inspect, subject, "The group is not for application certificates.", cancellationToken);
            }
            else if (OursFor(application, theirs) is { } ours)
            {
                places.Add(new PushPlace(application, ours, theirs, configuration, properties, isServer));
            }
            else
            {
                await context.Notes.LimitedAsync(PushStepKind.Inspect, subject, "The application is a member of no group of this GDS for application certificates.", cancellationToken);
            }
        }
        if (groups.Count == 0) throw new UaException(StatusCodes.BadNotSupported, "The target shows no certificate groups.");
        return places;
    }

    private GroupState? OursFor(ApplicationRecord application, ServerCertificateGroup theirs)
    {
        var ours = live.Current.Groups.Values.Where(g => g.Members.Contains(application.Id) && g.Purpose == Certificates.CertificateTypes.ApplicationCertificateType).ToList();
        return ours.Find(g => g.Name == theirs.Name) ?? ours.FirstOrDefault();
    }

    private async Task<string> FailAsync(PushNotes notes, ApplicationRecord application, PushSubject subject, string text, bool waits, CancellationToken cancellationToken)
    {
        var sentence = await NoteAsync(notes, subject, text, cancellationToken);
        foreach (var group in live.Current.Groups.Values.Where(g => g.Members.Contains(application.Id)))
            await reports.FailedAsync(application.Id, group.Name, waits, sentence, cancellationToken);
        return sentence;
    }

    private static async Task<string> NoteAsync(PushNotes notes, PushSubject subject, string text, CancellationToken cancellationToken)
    {
        var sentence = $"{notes.At}{(subject.ApplicationUri is { } uri ? $" of {uri}" : "")}: {text}";
        await notes.FailedAsync(subject, text, cancellationToken);
        return sentence;
    }

    private async Task<bool> EndAsync(PushRun run, long? version, string text, CancellationToken cancellationToken)
    {
        await runs.EndAsync(run.Id, version, text, options.RetryAfter, cancellationToken);
        if (version is null) log.PushFailed(run.Id, text);
        return version is not null;
    }

    private static bool IsWaiting(Exception e) => e is GdsProblem { Kind: ProblemKind.NothingToDo } || (e is UaException ua && ua.StatusCode == StatusCodes.BadTransactionPending);

    private static string TextOf(Exception e) => e is UaException ua ? $"{ua.StatusCode}: {ua.Message}" : e.Message;
}

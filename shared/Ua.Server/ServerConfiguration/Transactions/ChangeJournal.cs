using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// The decision to apply a transaction, on disk before its first change and gone after its last one: several groups, and several
/// applications, change together whenever the process is killed.
/// </summary>
internal sealed class ChangeJournal(string folder, TimeProvider time, ILogger<ChangeJournal> log) : IDisposable
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfffffff";

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>The decisions that this process is carrying out: nobody else may take them up.</summary>
    private readonly ConcurrentDictionary<string, bool> _live = new(StringComparer.Ordinal);

    /// <summary>The name that the groups know the change of a decision by.</summary>
    public static string UpdateOf(string file) => Path.GetFileNameWithoutExtension(file);

    /// <summary>Writes the decision down and gives its file.</summary>
    public async Task<string> BeginAsync(IEnumerable<KeyValuePair<GroupObject, CertificateGroupChange>> changes, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(folder);
        var file = Path.Combine(folder, $"{time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.json");
        _live[file] = true;
        await ChangeFile.WriteAsync(file, [.. changes.Select(c => new StoredChange(c.Key.Application.Key, c.Key.Name, c.Value))], cancellationToken).ConfigureAwait(false);
        return file;
    }

    public async Task EndAsync(string file)
    {
        await AtomicFile.DeleteAsync(file, CancellationToken.None).ConfigureAwait(false);
        _live.TryRemove(file, out _);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Removes what a kill has left half written; only before anything else is written.</summary>
    public void Clean()
    {
        if (Directory.Exists(folder)) AtomicFile.RemoveLeftovers(folder);
    }

    /// <summary>Completes what a kill has left of an application: all of its groups, or none where that fails, which is logged.</summary>
    public async Task RecoverAsync(IConfiguredApplication application, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(f => !AtomicFile.IsTemporary(f) && !_live.ContainsKey(f)).Order(StringComparer.Ordinal).ToList())
                await RecoverAsync(file, application, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RecoverAsync(string file, IConfiguredApplication application, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredChange> all;
        try
        {
            all = await ChangeFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException)
        {
            return; // a transaction of this moment that has just ended
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidDataException or PkiException)
        {
            Log.ChangeNotCompleted(log, e, application.Key);
            return;
        }

        var ours = all.Where(c => c.Application == application.Key).ToList();
        if (ours.Count == 0 || !await SettleAsync(file, application, ours, cancellationToken).ConfigureAwait(false)) return;
        var others = all.Except(ours).ToList();
        if (others.Count == 0) await AtomicFile.DeleteAsync(file, cancellationToken).ConfigureAwait(false);
        else await ChangeFile.WriteAsync(file, others, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes the changes of an application, all of them or none.</summary>
    /// <returns>False where what was begun could not be taken back either, so that the next start has to try again.</returns>
    private async Task<bool> SettleAsync(string file, IConfiguredApplication application, IReadOnlyList<StoredChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            await CompleteAsync(file, application, changes, cancellationToken).ConfigureAwait(false);
            Log.ChangeCompleted(log, application.Key, string.Join(", ", changes.Select(c => c.Group)));
            return true;
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            Log.ChangeNotCompleted(log, e, application.Key);
            return await UndoAsync(UpdateOf(file), application, changes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What is in place already stays. Where somebody else has written a list since the decision, as into the folder of an application
    /// that was away for long, the later word counts.
    /// </summary>
    private static async Task CompleteAsync(string file, IConfiguredApplication application, IEnumerable<StoredChange> changes, CancellationToken cancellationToken)
    {
        List<(ICertificateGroup Group, CertificateGroupChange Change)> missing = [];
        foreach (var (group, change) in GroupsOf(application, changes))
        {
            if (await group.LastUpdateAsync(cancellationToken).ConfigureAwait(false) == UpdateOf(file)) continue;
            var state = await group.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (state.LastUpdateTime > DecidedAt(file))
                throw new UaException(StatusCodes.BadInvalidState, $"The certificate group {group.Facts.Name} was changed at {state.LastUpdateTime:u}, after the change was decided.");
            missing.Add((group, change));
        }

        foreach (var (group, change) in missing) await group.ApplyAsync(change, UpdateOf(file), cancellationToken).ConfigureAwait(false);
        await application.AppliedAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> UndoAsync(string update, IConfiguredApplication application, IEnumerable<StoredChange> changes, CancellationToken cancellationToken)
    {
        var current = "all groups";
        try
        {
            foreach (var (group, _) in GroupsOf(application, changes).Reverse())
            {
                current = group.Facts.Name;
                await group.UndoAsync(update, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            Log.UndoFailed(log, e, application.Key, current);
            return false;
        }

        try
        {
            await application.AppliedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            Log.UndoFailed(log, e, application.Key, "all groups");
        }

        return true;
    }

    /// <summary>A group that is gone has nothing to change.</summary>
    private static IEnumerable<(ICertificateGroup Group, CertificateGroupChange Change)> GroupsOf(IConfiguredApplication application, IEnumerable<StoredChange> changes) =>
        from change in changes
        from grp in application.Groups
        where grp.Facts.Name == change.Group
        select (grp, change.Change);

    /// <summary>Nothing but our own names are here; what has none is older than everything.</summary>
    private static DateTime DecidedAt(string file) =>
        DateTime.TryParseExact(UpdateOf(file).Split('-')[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var decided)
            ? decided
            : DateTime.MinValue;
}

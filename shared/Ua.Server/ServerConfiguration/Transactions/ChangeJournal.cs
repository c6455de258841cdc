using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Pki;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// The decision to apply a transaction, on disk before its first change and gone after its last one: several groups, and several
/// applications, change together whenever the process is killed.
/// </summary>
internal sealed class ChangeJournal(string folder, TimeProvider time, ILogger<ChangeJournal> log) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Writes the decision down and gives its file.</summary>
    public async Task<string> BeginAsync(IEnumerable<KeyValuePair<GroupObject, CertificateGroupChange>> changes, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(folder);
        var file = Path.Combine(folder, $"{time.GetUtcNow():yyyyMMddTHHmmssfff}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.json");
        await ChangeFile.WriteAsync(file, [.. changes.Select(c => new StoredChange(c.Key.Application.Key, c.Key.Name, c.Value))], cancellationToken).ConfigureAwait(false);
        return file;
    }

    public static Task EndAsync(string file) => AtomicFile.DeleteAsync(file, CancellationToken.None);

    public void Dispose() => _gate.Dispose();

    /// <summary>Removes what a kill has left half written; only before anything else is written.</summary>
    public void Clean()
    {
        if (Directory.Exists(folder)) AtomicFile.RemoveLeftovers(folder);
    }

    /// <summary>Completes what a kill has left of an application. What cannot be completed is left out and logged: the groups are whole either way.</summary>
    public async Task RecoverAsync(IConfiguredApplication application, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(f => !AtomicFile.IsTemporary(f)).Order(StringComparer.Ordinal).ToList())
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
        if (ours.Count == 0) return;
        try
        {
            foreach (var change in ours)
                if (application.Groups.FirstOrDefault(g => g.Facts.Name == change.Group) is { } group) await group.ApplyAsync(change.Change, cancellationToken).ConfigureAwait(false);
            await application.AppliedAsync(cancellationToken).ConfigureAwait(false);
            Log.ChangeCompleted(log, application.Key, string.Join(", ", ours.Select(c => c.Group)));
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            Log.ChangeNotCompleted(log, e, application.Key);
        }

        var others = all.Except(ours).ToList();
        if (others.Count == 0) await AtomicFile.DeleteAsync(file, cancellationToken).ConfigureAwait(false);
        else await ChangeFile.WriteAsync(file, others, cancellationToken).ConfigureAwait(false);
    }
}

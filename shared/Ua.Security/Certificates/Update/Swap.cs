using Pki;

namespace Ua.Security.Certificates;

/// <summary>Carries out a journal, from the beginning or from wherever it was interrupted.</summary>
internal sealed class Swap(string root, Workshop workshop)
{
    public async Task RunAsync(SwapJournal journal, CancellationToken cancellationToken)
    {
        foreach (var isOwn in new[] { false, true })
        {
            foreach (var step in journal.Exchanges.Where(s => s.IsOwn == isOwn)) await ExchangeAsync(step, cancellationToken).ConfigureAwait(false);
            foreach (var step in journal.Replacements.Where(s => s.IsOwn == isOwn)) await PlaceAsync(step, cancellationToken).ConfigureAwait(false);
        }

        foreach (var step in journal.Replacements.OrderBy(DeletionOrder)) await DeleteAsync(step, cancellationToken).ConfigureAwait(false);
        if (journal.Touch is { } touch) await TouchAsync(TrustFolderPaths.Join(root, touch), cancellationToken).ConfigureAwait(false);
        KeepOldSet(journal);
        await new LastUpdate(journal.Update, journal.WithOwn).WriteAsync(workshop.Last, cancellationToken).ConfigureAwait(false);
        await AtomicFile.DeleteAsync(workshop.Journal, cancellationToken).ConfigureAwait(false);
    }

    private async Task ExchangeAsync(ExchangeStep step, CancellationToken cancellationToken)
    {
        var staged = TrustFolderPaths.Join(workshop.Next, step.Path);
        if (!Directory.Exists(staged) || Workshop.Fingerprint(staged) != step.Fingerprint) return; // done before the interruption: what lies here now is the old one
        var target = TrustFolderPaths.Join(root, step.Path);
        if (!FolderPlatform.Current.TryExchange(staged, target)) throw new IOException($"The file system of '{root}' does not exchange directories any more.");
        await AtomicFile.FlushDirectoryAsync(Path.GetDirectoryName(target)!, cancellationToken).ConfigureAwait(false);
        await AtomicFile.FlushDirectoryAsync(Path.GetDirectoryName(staged)!, cancellationToken).ConfigureAwait(false);
    }

    private async Task PlaceAsync(ReplaceStep step, CancellationToken cancellationToken)
    {
        var target = TrustFolderPaths.Join(root, step.Path);
        foreach (var name in step.Place)
        {
            var staged = Path.Combine(TrustFolderPaths.Join(workshop.Next, step.Path), name);
            if (File.Exists(staged)) await FolderPlatform.Current.PlaceAsync(staged, Path.Combine(target, name), cancellationToken).ConfigureAwait(false);
        }

        if (step.Place.Count > 0) await AtomicFile.FlushDirectoryAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(ReplaceStep step, CancellationToken cancellationToken)
    {
        foreach (var name in step.Delete) await AtomicFile.DeleteAsync(Path.Combine(TrustFolderPaths.Join(root, step.Path), name), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was placed last goes first: no moment trusts without the list that revokes.</summary>
    private static int DeletionOrder(ReplaceStep step) => step.Path.Contains("crl", StringComparison.OrdinalIgnoreCase) ? 1 : 0;

    private void KeepOldSet(SwapJournal journal)
    {
        // An old file may have the name of a new one. Once it is taken back nothing must find it where new files wait.
        if (Directory.Exists(workshop.Next)) Directory.Move(workshop.Next, workshop.Placed);
        if (!Directory.Exists(workshop.Placed)) return; // done before the interruption
        foreach (var step in journal.Replacements) TakeBack(step);
        workshop.Discard(workshop.Previous);
        Directory.Move(workshop.Placed, workshop.Previous);
        workshop.Discard(workshop.Old);
    }

    /// <summary>Where files were replaced, what is left in the staged directory is what stayed the same; with the copies of the old files it is the old content.</summary>
    private void TakeBack(ReplaceStep step)
    {
        var copies = TrustFolderPaths.Join(workshop.Old, step.Path);
        if (!Directory.Exists(copies)) return;
        var directory = TrustFolderPaths.Join(workshop.Placed, step.Path);
        foreach (var file in Directory.EnumerateFiles(copies).ToList()) File.Move(file, Path.Combine(directory, Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>A file of the directory gets its own content once more, which every kind of watch notices.</summary>
    private async Task TouchAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var file = Directory.EnumerateFiles(directory).Where(f => !AtomicFile.IsTemporary(f)).Order(StringComparer.Ordinal).FirstOrDefault();
        var staged = Path.Combine(workshop.Root, "touch");
        await AtomicFile.WriteAsync(staged, file is null ? Array.Empty<byte>() : await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), FileProtection.Default, cancellationToken).ConfigureAwait(false);
        FolderPlatform.Current.CopyOwner(directory, staged);
        if (file is not null) FolderPlatform.Current.CopyRights(file, staged);
        var target = file ?? Path.Combine(directory, ".touched");
        await FolderPlatform.Current.PlaceAsync(staged, target, cancellationToken).ConfigureAwait(false);
        if (file is null) File.Delete(target);
    }
}

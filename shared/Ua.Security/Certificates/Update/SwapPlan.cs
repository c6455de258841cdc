using Pki;

namespace Ua.Security.Certificates;

/// <summary>Compares the staged set with the folder and writes down which steps make the one into the other.</summary>
internal sealed class SwapPlan(TrustFolder folder, Workshop workshop, bool withOwn)
{
    private readonly string _root = folder.Paths.Root;

    public ReplaceMode Mode { get; } = folder.Layout.Replace == ReplaceMode.Directories && CanExchange(workshop) ? ReplaceMode.Directories : ReplaceMode.Files;

    /// <summary>Null where the folder is as it should be.</summary>
    public async Task<SwapJournal?> DecideAsync(string update, CancellationToken cancellationToken)
    {
        List<ExchangeStep> exchanges = [];
        List<ReplaceStep> replacements = [];
        var old = new StagedTree(_root, workshop.Old);
        foreach (var unit in SwapUnits.Of(folder.Layout, withOwn))
        {
            if (Mode == ReplaceMode.Directories && unit.IsWhole && FolderPlatform.Current.IsPlain(_root, unit.Path))
            {
                var fingerprint = Workshop.Fingerprint(TrustFolderPaths.Join(workshop.Next, unit.Path));
                if (fingerprint != Workshop.Fingerprint(TrustFolderPaths.Join(_root, unit.Path))) exchanges.Add(new ExchangeStep(unit.Path, fingerprint, unit.IsOwn));
                continue;
            }

            var steps = SwapUnits.Directories(folder.Layout, unit).Select(d => Replacement(unit, d)).Where(r => r.Place.Count + r.Delete.Count > 0).ToList();
            if (steps.Count == 0) continue;
            replacements.AddRange(steps);
            await old.CarryOverAsync(unit, _ => false, cancellationToken).ConfigureAwait(false);
        }

        return exchanges.Count + replacements.Count > 0 ? new SwapJournal(update, exchanges, replacements, folder.Layout.Touch, withOwn) : null;
    }

    private ReplaceStep Replacement(SwapUnit unit, string directory)
    {
        var staged = Names(TrustFolderPaths.Join(workshop.Next, directory), unit.File);
        var present = Names(TrustFolderPaths.Join(_root, directory), unit.File);
        return new ReplaceStep(directory, [.. staged.Where(n => !present.Contains(n) || !IsSame(directory, n))], [.. present.Except(staged)], unit.IsOwn);
    }

    private bool IsSame(string directory, string name) =>
        File.ReadAllBytes(Path.Combine(TrustFolderPaths.Join(workshop.Next, directory), name)).AsSpan()
            .SequenceEqual(File.ReadAllBytes(Path.Combine(TrustFolderPaths.Join(_root, directory), name)));

    private static SortedSet<string> Names(string directory, string? only) => Directory.Exists(directory)
        ? new(Directory.EnumerateFiles(directory).Where(f => !AtomicFile.IsTemporary(f)).Select(f => Path.GetFileName(f)).Where(n => only is null || n == only), StringComparer.Ordinal)
        : [];

    /// <summary>Tried on two empty directories: what counts is the file system that the folder lies on.</summary>
    private static bool CanExchange(Workshop workshop)
    {
        var a = Directory.CreateDirectory(Path.Combine(workshop.Root, "probe-a")).FullName;
        var b = Directory.CreateDirectory(Path.Combine(workshop.Root, "probe-b")).FullName;
        var can = FolderPlatform.Current.TryExchange(a, b);
        Directory.Delete(a);
        Directory.Delete(b);
        return can;
    }
}

namespace Ua.Security.Certificates;

/// <summary>
/// Looks at an existing folder and says which layouts it may have. Only names are looked at, nothing is opened: which
/// directories are there and which are not, which files carry names that one product alone gives, and where the folder lies.
/// </summary>
public static class LayoutDetection
{
    /// <summary>How far above the given folder the root of a layout is looked for.</summary>
    private const int MostLevels = 5;

    /// <summary>The layouts that may fit, the surest first. A folder is taken for one without a person only where exactly one is sure.</summary>
    public static IReadOnlyList<LayoutMatch> Look(string folder, IEnumerable<TrustFolderLayout> layouts)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var all = layouts.ToList();
        var words = all.SelectMany(Words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = all.Select(l => Best(path, l, words)).OfType<LayoutEvidence>().ToList();
        var whole = found.Where(f => f.Fits).ToList();
        var marked = whole.Where(f => f.Marks.Count > 0 && !whole.Exists(o => IsLess(f, o))).ToList();
        var matches = found.Select(f => new LayoutMatch(f.Layout, f.Root, CertaintyOf(f, whole, marked), f.Reasons));
        return [.. matches.OrderByDescending(m => m.Certainty).ThenBy(m => m.Layout.Name, StringComparer.Ordinal)];
    }

    /// <summary>The one match that needs no person; null where there is none, or more than one.</summary>
    public static LayoutMatch? Only(IReadOnlyList<LayoutMatch> matches)
    {
        var sure = matches.Where(m => m.Certainty == Certainty.Sure).ToList();
        return sure.Count == 1 ? sure[0] : null;
    }

    /// <summary>A layout whose facts have to be confirmed is never sure, and keeps others from being so.</summary>
    private static Certainty CertaintyOf(LayoutEvidence evidence, List<LayoutEvidence> whole, List<LayoutEvidence> marked)
    {
        var rivals = marked.Count > 0 ? marked : whole;
        if (!rivals.Contains(evidence)) return Certainty.Possible;
        return rivals.Count == 1 && evidence.Layout.Confirm is null ? Certainty.Sure : Certainty.Likely;
    }

    /// <summary>All that tells one layout tells the other as well, and more does.</summary>
    private static bool IsLess(LayoutEvidence one, LayoutEvidence other) => one.Marks.Count < other.Marks.Count && one.Marks.All(other.Marks.Contains);

    private static LayoutEvidence? Best(string folder, TrustFolderLayout layout, HashSet<string> words)
    {
        LayoutEvidence? best = null;
        var root = folder;
        for (var level = 0; level <= MostLevels && root is not null; level++, root = Path.GetDirectoryName(root))
        {
            if (level > 0 && !Reaches(root, folder, layout)) continue;
            var evidence = LayoutEvidence.Gather(root, layout, words);
            if (evidence is not null && (best is null || (evidence.Fits && !best.Fits))) best = evidence;
        }

        return best;
    }

    /// <summary>Whether a directory of the layout under this root is the folder or lies in it: otherwise the folder has nothing to do with it.</summary>
    private static bool Reaches(string root, string folder, TrustFolderLayout layout) =>
        layout.StoresUnder(root).SelectMany(s => layout.For(s.Store).Directories.Select(d => TrustFolderPaths.Join(s.Path, d)))
            .Any(d => (d + Path.DirectorySeparatorChar).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>The names that layouts give to directories.</summary>
    private static IEnumerable<string> Words(TrustFolderLayout layout) =>
        layout.Stores.SelectMany(s => layout.For(s).Directories).Concat(layout.Stores.Select(s => s.Path)).Append(layout.Rejected ?? "")
            .Concat(layout.Marks.Where(m => m.EndsWith('/'))).SelectMany(p => p.Split('/')).Where(p => p.Length > 0 && p != "..");
}

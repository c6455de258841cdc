using System.Text.RegularExpressions;

namespace Ua.Security.Certificates;

/// <summary>What speaks for and against a layout in a folder.</summary>
/// <param name="Fits">All that the layout needs is there, and nothing that it does not know.</param>
/// <param name="Marks">What only this layout has.</param>
internal sealed record LayoutEvidence(TrustFolderLayout Layout, string Root, bool Fits, IReadOnlyList<string> Marks, IReadOnlyList<string> Reasons)
{
    private const string Place = "its place";

    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>Null where nothing of the layout is there.</summary>
    /// <param name="words">Names of directories that mean something in any layout.</param>
    public static LayoutEvidence? Gather(string root, TrustFolderLayout layout, IReadOnlySet<string> words)
    {
        List<string> missing = [];
        var present = 0;
        foreach (var (store, path) in layout.StoresUnder(root))
        {
            var there = layout.For(store);
            if (store.Optional && !Exists(path, there.Trusted.Certificates)) continue;
            foreach (var directory in store.Optional ? [there.Trusted.Certificates] : Needed(there))
            {
                if (Exists(path, directory)) present++;
                else missing.Add(store.Path.Length == 0 ? directory : $"{store.Path}/{directory}");
            }
        }

        if (present == 0) return null;
        var foreign = Foreign(root, layout, words).ToList();
        var marks = layout.Marks.Where(m => HasMark(root, m)).ToList();
        List<string> reasons = [];
        if (missing.Count == 0) reasons.Add("Every directory that it needs is there.");
        else reasons.Add($"Missing: {string.Join(", ", missing)}.");
        if (foreign.Count > 0) reasons.Add($"Not known to it: {string.Join(", ", foreign)}.");
        if (marks.Count > 0) reasons.Add($"Told by: {string.Join(", ", marks)}.");
        if (layout.Roots.Tell(root))
        {
            reasons.Add("The folder lies where the product keeps it.");
            marks.Add(Place);
        }

        if (layout.Confirm is { } confirm) reasons.Add($"To be confirmed: {confirm}");
        return new LayoutEvidence(layout, root, missing.Count == 0 && foreign.Count == 0, marks, reasons);
    }

    /// <summary>What a product makes at its first start; folders for revocation lists and rejected certificates often come later.</summary>
    private static IEnumerable<string> Needed(TrustFolderLayout layout)
    {
        yield return layout.Trusted.Certificates;
        if (layout.Issuers is { } issuers) yield return issuers.Certificates;
        if (layout.Own is not { } own) yield break;
        yield return own.PrivateKeyFormat == PrivateKeyFormat.Keystore ? (own.PrivateKeys.Length == 0 ? own.PrivateKeyFile : $"{own.PrivateKeys}/{own.PrivateKeyFile}") : own.PrivateKeys;
        yield return own.PrivateKeyFormat == PrivateKeyFormat.Keystore ? layout.Trusted.Certificates : own.Certificates;
    }

    /// <summary>Directories below the root, or below a store, that mean something elsewhere and nothing in this layout.</summary>
    private static IEnumerable<string> Foreign(string root, TrustFolderLayout layout, IReadOnlySet<string> words)
    {
        var own = layout.Stores.SelectMany(s => layout.For(s).Directories.Append(layout.Rejected ?? "").Where(d => d.Length > 0).Select(d => s.Path.Length == 0 ? d : $"{s.Path}/{d}")).ToList();
        var known = own.Concat(layout.Marks.Select(m => m.TrimEnd('/'))).Append(layout.PreferredLists ?? "").ToList();
        foreach (var place in layout.Stores.Select(s => s.Path).Append("").Concat(own).Distinct())
        {
            var directory = TrustFolderPaths.Join(root, place);
            if (!Directory.Exists(directory)) continue;
            foreach (var name in Directory.EnumerateDirectories(directory, "*", All).Select(d => Path.GetFileName(d)).Where(words.Contains))
            {
                var path = place.Length == 0 ? name : $"{place}/{name}";
                if (!known.Any(k => k == path || k.StartsWith(path + "/", StringComparison.Ordinal))) yield return path;
            }
        }
    }

    private static bool HasMark(string root, string mark)
    {
        if (mark.EndsWith('/')) return Exists(root, mark.TrimEnd('/'));
        var cut = mark.LastIndexOf('/');
        var directory = cut < 0 ? root : TrustFolderPaths.Join(root, mark[..cut]);
        if (!Directory.Exists(directory)) return false;
        var name = NamePattern(mark[(cut + 1)..]);
        return Directory.EnumerateFiles(directory, "*", All).Any(f => name.IsMatch(Path.GetFileName(f)));
    }

    private static Regex NamePattern(string template)
    {
        var escaped = Regex.Escape(template)
            .Replace(@"\{THUMB}", "[0-9A-F]{40}", StringComparison.Ordinal).Replace(@"\{thumb}", "[0-9a-f]{40}", StringComparison.Ordinal).Replace(@"\{cn}", ".+", StringComparison.Ordinal);
        return new Regex($"^{escaped}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>Whether a path is there exactly as it is written, upper and lower case included, whatever the file system holds to be equal.</summary>
    private static bool Exists(string root, string relative)
    {
        var path = root;
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path, "*", All).Any(e => Path.GetFileName(e) == part)) return false;
            path = Path.Combine(path, part);
        }

        return Path.Exists(path);
    }
}

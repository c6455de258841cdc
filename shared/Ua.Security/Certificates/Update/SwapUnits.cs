namespace Ua.Security.Certificates;

/// <summary>A directory of a layout that changes as one.</summary>
/// <param name="Path">Relative to the store; empty for the store itself.</param>
/// <param name="IsWhole">Nothing else lives in it, so that it may be exchanged with all that is below it; otherwise its own files are replaced one by one.</param>
/// <param name="File">The only file in it that is ours; null for all.</param>
/// <param name="IsOwn">It holds the application's certificate or key and no lists.</param>
internal sealed record SwapUnit(string Path, bool IsWhole, string? File = null, bool IsOwn = false);

/// <summary>
/// The units of a layout: "trusted" with its certs and crl, where nothing else lives in it, else each directory by itself.
/// In the order of a swap: issuers, trusted, own certificate and key last.
/// </summary>
internal static class SwapUnits
{
    public static IReadOnlyList<SwapUnit> Of(TrustFolderLayout layout, bool withOwn) => withOwn ? [.. OfLists(layout), .. OfOwn(layout)] : OfLists(layout);

    public static IReadOnlyList<SwapUnit> OfLists(TrustFolderLayout layout) =>
        [.. Group(layout, layout.Issuers?.Certificates, layout.Issuers?.Crls).Concat(Group(layout, layout.Trusted.Certificates, layout.Trusted.Crls)).Distinct().Select(p => new SwapUnit(p, IsWhole(layout, p)))];

    /// <summary>Without those that hold lists as well.</summary>
    public static IReadOnlyList<SwapUnit> OfOwn(TrustFolderLayout layout)
    {
        if (layout.Own is not { } own) return [];
        if (own.PrivateKeyFormat == PrivateKeyFormat.Keystore) return [new SwapUnit(own.PrivateKeys, IsWhole: false, own.PrivateKeyFile, IsOwn: true)];
        var lists = OfLists(layout).Select(u => u.Path).ToList();
        return [.. Group(layout, own.Certificates, own.PrivateKeys).Where(p => !lists.Contains(p)).Select(p => new SwapUnit(p, IsWhole(layout, p), IsOwn: true))];
    }

    /// <summary>The directories with certificates, keys and lists that a unit consists of; revocation lists and keys before the certificates.</summary>
    public static IReadOnlyList<string> Directories(TrustFolderLayout layout, SwapUnit unit)
    {
        string?[] all = [layout.Issuers?.Crls, layout.Issuers?.Certificates, layout.Trusted.Crls, layout.Trusted.Certificates, layout.Own?.PrivateKeys, layout.Own?.Certificates];
        return [.. all.OfType<string>().Where(d => d == unit.Path || (unit.IsWhole && IsBelow(d, unit.Path))).Distinct()];
    }

    private static IEnumerable<string> Group(TrustFolderLayout layout, string? certificates, string? second) => (certificates, second) switch
    {
        (null, _) => [],
        (_, null) => [certificates],
        _ when Common(layout, certificates, second) is { } parent => [parent],
        _ => new[] { second, certificates }.Distinct(),
    };

    private static string? Common(TrustFolderLayout layout, string a, string b)
    {
        var parent = Parent(a);
        if (parent.Length == 0 || a == b || parent != Parent(b)) return null;
        return All(layout).Any(p => p != a && p != b && (p == parent || IsBelow(p, parent))) ? null : parent;
    }

    private static bool IsWhole(TrustFolderLayout layout, string path)
    {
        if (path.Length == 0) return false;
        var inside = All(layout).Where(p => IsBelow(p, path)).ToList();
        return inside.Count == 0 || inside.TrueForAll(p => Common(layout, p, inside.Find(o => o != p) ?? "") == path);
    }

    private static IEnumerable<string> All(TrustFolderLayout layout) => layout.Rejected is { } rejected ? layout.Directories.Append(rejected) : layout.Directories;

    private static bool IsBelow(string path, string parent) => parent.Length == 0 || path.StartsWith(parent + "/", StringComparison.Ordinal);

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var cut ? path[..cut] : "";
}

namespace Ua.Security.Certificates;

/// <summary>
/// The directories of a layout that change as one: "trusted" with its certs and crl, where nothing else lives in it, else
/// each directory by itself. In the order of a swap: issuers, trusted, own certificate and key last.
/// </summary>
internal static class SwapUnits
{
    public static IReadOnlyList<string> Of(TrustFolderLayout layout, bool withOwn)
    {
        (string, string)[] groups =
        [
            (layout.Issuers.Certificates, layout.Issuers.Crls), (layout.Trusted.Certificates, layout.Trusted.Crls),
            .. withOwn ? [(layout.Own.Certificates, layout.Own.PrivateKeys)] : Array.Empty<(string, string)>(),
        ];
        var units = groups.SelectMany(g => Common(layout, g.Item1, g.Item2) is { } parent ? [parent] : new[] { g.Item2, g.Item1 });
        return [.. units.Distinct()];
    }

    /// <summary>The directories with certificates, keys and lists that the units consist of.</summary>
    public static IReadOnlyList<string> Directories(TrustFolderLayout layout, bool withOwn)
    {
        List<string> all = [layout.Issuers.Crls, layout.Issuers.Certificates, layout.Trusted.Crls, layout.Trusted.Certificates];
        if (withOwn) all.AddRange([layout.Own.PrivateKeys, layout.Own.Certificates]);
        return [.. all.Distinct()];
    }

    private static string? Common(TrustFolderLayout layout, string a, string b)
    {
        var parent = Parent(a);
        if (parent.Length == 0 || parent != Parent(b)) return null;
        string?[] all =
        [
            layout.Trusted.Certificates, layout.Trusted.Crls, layout.Issuers.Certificates, layout.Issuers.Crls,
            layout.Own.Certificates, layout.Own.PrivateKeys, layout.Rejected,
        ];
        return all.Any(p => p is not null && p != a && p != b && (p == parent || p.StartsWith(parent + "/", StringComparison.Ordinal))) ? null : parent;
    }

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var cut ? path[..cut] : "";
}

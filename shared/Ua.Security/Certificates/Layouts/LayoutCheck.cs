namespace Ua.Security.Certificates;

/// <summary>What must hold of a layout before a folder is written by it; the errors name the layout, the key and the rule.</summary>
internal static class LayoutCheck
{
    private static readonly string[] Groups = [TrustFolderStore.ApplicationGroup, "https", "user"];
    private static readonly string[] CertificateNames = ["{THUMB}", "{thumb}"];
    private static readonly string[] CrlNames = ["{KEYID}", "{keyid}", "{issuerThumb}", "{crlThumb}"];

    public static void Check(TrustFolderLayout layout)
    {
        if (string.IsNullOrWhiteSpace(layout.Name)) throw new ArgumentException("A trust folder layout has no name.");
        if (layout.Stores.Count == 0) throw Wrong(layout, "has no stores");
        if (layout.Stores.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice) throw Wrong(layout, $"has the store '{twice.Key}' twice");
        if (layout.Stores.FirstOrDefault(s => !Groups.Contains(s.Group)) is { } foreign) throw Wrong(layout, $"has the group '{foreign.Group}' at the store '{foreign.Name}'; it must be {string.Join(", ", Groups)}");
        CheckPaths(layout);
        foreach (var store in layout.Stores) CheckLists(layout, layout.For(store));
        CheckNames(layout);
        if (layout.IssuerCertificateFile is { } issuerFile) CheckName(layout, "issuerCertificateFile", issuerFile);
        if (layout.Own is { } own) CheckOwn(layout, own);
    }

    private static void CheckPaths(TrustFolderLayout layout)
    {
        var lists = layout.Stores.SelectMany(s => new[] { s.Trusted, s.Issuers }).Append(layout.Trusted).Append(layout.Issuers).OfType<ListFiles>();
        string?[] paths =
        [
            .. layout.Stores.Select(s => s.Path), .. lists.SelectMany(l => new[] { l.Certificates, l.Crls }), layout.Own?.Certificates, layout.Own?.PrivateKeys, layout.PreferredLists, layout.Touch,
            layout.Rejected is { } rejected && rejected.StartsWith("../", StringComparison.Ordinal) ? rejected[3..] : layout.Rejected, .. layout.Marks,
        ];
        if (Array.Find(paths, IsOutside) is { } outside) throw Wrong(layout, $"has the path '{outside}', which does not stay below its root");
        if (lists.Any(l => l.Certificates.Length == 0 || l.Crls?.Length == 0)) throw Wrong(layout, "has an empty path in trusted or issuers; leave crls out where the product reads none");
    }

    /// <summary>Certificates in a shared directory would be trusted although they only serve to build chains.</summary>
    private static void CheckLists(TrustFolderLayout layout, TrustFolderLayout store)
    {
        if (store.Issuers?.Certificates == store.Trusted.Certificates) throw Wrong(layout, "has one directory for trusted and issuer certificates; leave issuers out where the product knows none");
        if (store.Rejected is { } rejected && store.Directories.Contains(rejected)) throw Wrong(layout, $"keeps rejected certificates in '{rejected}', where others lie as well");
    }

    private static void CheckNames(TrustFolderLayout layout)
    {
        foreach (var (key, name) in new[] { ("certificateFile", layout.CertificateFile), ("crlFile", layout.CrlFile) }) CheckName(layout, key, name);
        foreach (var name in new[] { layout.CertificateFile, layout.IssuerCertificateFile }.OfType<string>().Where(n => !CertificateNames.Any(n.Contains)))
            throw Wrong(layout, $"has the certificateFile '{name}'; it must contain {string.Join(" or ", CertificateNames)}, since two certificates may have one name");
        if (!CrlNames.Any(layout.CrlFile.Contains)) throw Wrong(layout, $"has the crlFile '{layout.CrlFile}'; it must contain {string.Join(" or ", CrlNames)}, since two authorities may have one name");
    }

    private static void CheckOwn(TrustFolderLayout layout, OwnFiles own)
    {
        CheckName(layout, "own.privateKeyFile", own.PrivateKeyFile);
        if (own.PrivateKeyFormat != PrivateKeyFormat.Keystore)
        {
            CheckName(layout, "own.certificateFile", own.CertificateFile);
            return;
        }

        if (own.Certificates != own.PrivateKeys) throw Wrong(layout, "has a keystore; own.certificates and own.privateKeys must be the directory of its file, both");
        if (own.PrivateKeyFile.Contains('{')) throw Wrong(layout, "has a keystore; own.privateKeyFile must be the fixed name of its file");
        if (own.Alias.Length == 0) throw Wrong(layout, "has a keystore; own.alias must not be empty");
    }

    private static void CheckName(TrustFolderLayout layout, string key, string name)
    {
        if (name.Length == 0 || name.IndexOfAny(['/', '\\']) >= 0) throw Wrong(layout, $"has the file name '{name}' as {key}; a name without a path is needed");
    }

    private static bool IsOutside(string? path) =>
        path is not null && (Path.IsPathRooted(path) || path.Contains('\\') || path.Contains(':') || path.Split('/').Contains(".."));

    private static ArgumentException Wrong(TrustFolderLayout layout, string what) => new($"The trust folder layout '{layout.Name}' {what}.");
}

namespace Ua.Security.Certificates;

/// <summary>The directories of one store on this machine.</summary>
public sealed class TrustFolderPaths
{
    public TrustFolderPaths(string root, TrustFolderLayout layout)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(layout);
        Root = Path.GetFullPath(root);
        OwnCertificates = Join(Root, layout.Own.Certificates);
        OwnPrivateKeys = Join(Root, layout.Own.PrivateKeys);
        TrustedCertificates = Join(Root, layout.Trusted.Certificates);
        TrustedCrls = Join(Root, layout.Trusted.Crls);
        IssuerCertificates = Join(Root, layout.Issuers.Certificates);
        IssuerCrls = Join(Root, layout.Issuers.Crls);
        Rejected = layout.Rejected is null ? null : Join(Root, layout.Rejected);
    }

    public string Root { get; }

    public string OwnCertificates { get; }

    public string OwnPrivateKeys { get; }

    public string TrustedCertificates { get; }

    public string TrustedCrls { get; }

    public string IssuerCertificates { get; }

    public string IssuerCrls { get; }

    public string? Rejected { get; }

    /// <summary>The directories that decide about trust.</summary>
    internal IReadOnlyList<string> Lists => [.. new[] { TrustedCertificates, TrustedCrls, IssuerCertificates, IssuerCrls }.Distinct()];

    /// <summary>A path of a layout, written with '/', below a directory of this machine.</summary>
    internal static string Join(string root, string relative) =>
        Path.GetFullPath(Path.Combine([root, .. relative.Split('/', StringSplitOptions.RemoveEmptyEntries)]));
}

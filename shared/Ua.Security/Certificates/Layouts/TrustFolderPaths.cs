using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>The directories of one store on this machine.</summary>
public sealed class TrustFolderPaths
{
    private readonly TrustFolderLayout _layout;

    public TrustFolderPaths(string root, TrustFolderLayout layout)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(layout);
        _layout = layout;
        Root = Path.GetFullPath(root);
        TrustedCertificates = Join(Root, layout.Trusted.Certificates);
        TrustedCrls = Optional(layout.Trusted.Crls);
        IssuerCertificates = Optional(layout.Issuers?.Certificates);
        IssuerCrls = Optional(layout.Issuers?.Crls);
        Rejected = Optional(layout.Rejected);
    }

    public string Root { get; }

    /// <summary>Whether the store has a certificate and key of its own.</summary>
    public bool HasOwn => _layout.Own is not null;

    /// <exception cref="UaException">Bad_NotSupported where the layout keeps none.</exception>
    public string OwnCertificates => Join(Root, Own.Certificates);

    /// <inheritdoc cref="OwnCertificates"/>
    public string OwnPrivateKeys => Join(Root, Own.PrivateKeys);

    public string TrustedCertificates { get; }

    public string? TrustedCrls { get; }

    public string? IssuerCertificates { get; }

    public string? IssuerCrls { get; }

    public string? Rejected { get; }

    internal OwnFiles Own => _layout.Own ?? throw new UaException(StatusCodes.BadNotSupported, $"The layout '{_layout.Name}' keeps no certificate of the application itself.");

    /// <summary>The directories that decide about trust.</summary>
    internal IReadOnlyList<string> Lists => [.. new[] { TrustedCertificates, TrustedCrls, IssuerCertificates, IssuerCrls }.OfType<string>().Distinct()];

    /// <summary>A path of a layout, written with '/', below a directory of this machine.</summary>
    internal static string Join(string root, string relative) =>
        Path.GetFullPath(Path.Combine([root, .. relative.Split('/', StringSplitOptions.RemoveEmptyEntries)]));

    internal static bool SamePath(string a, string b) => string.Equals(
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(a)), Path.TrimEndingDirectorySeparator(Path.GetFullPath(b)), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private string? Optional(string? relative) => relative is null ? null : Join(Root, relative);
}

namespace Ua.Security.Certificates;

/// <summary>How certificates and revocation lists are written.</summary>
public enum FileEncoding
{
    Der,
    Pem,
}

/// <summary>How a private key is written.</summary>
public enum PrivateKeyFormat
{
    /// <summary>PKCS#8 text.</summary>
    Pem,

    /// <summary>PKCS#8 bytes.</summary>
    Der,

    /// <summary>PKCS#12 with certificate and key.</summary>
    Pfx,
}

/// <summary>How a whole new set takes the place of the old one.</summary>
public enum ReplaceMode
{
    /// <summary>A finished directory is exchanged for the old one in one step; where the system cannot do that, file by file.</summary>
    Directories,

    /// <summary>File by file in the same directory, for products that hold on to the directory they watch.</summary>
    Files,
}

/// <summary>
/// The layout of a product's trust folder (Part 12, Annex F.1, and what products made of it). Data, not code: presets are
/// lines of trust-folder-layouts.json, and an operator can bring one more. Paths use '/' and are relative to a store.
/// </summary>
public sealed record TrustFolderLayout
{
    public required string Name { get; init; }

    public string Title { get; init; } = "";

    /// <summary>The stores a product keeps; most keep one.</summary>
    public IReadOnlyList<TrustFolderStore> Stores { get; init; } = [new("application", "")];

    public required OwnFiles Own { get; init; }

    public required ListFiles Trusted { get; init; }

    public required ListFiles Issuers { get; init; }

    /// <summary>Extensions of the certificate files that the product reads, such as ".der"; "*" where it looks inside whatever the
    /// name. Empty where that is not known. Only an explanation asks: we ourselves always look inside.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>The directory of rejected certificates, nested or flat; null where the product keeps none.</summary>
    public string? Rejected { get; init; }

    /// <summary>Name of a certificate file: {cn}, {THUMB} or {thumb} (SHA-1 in upper or lower case).</summary>
    public required string CertificateFile { get; init; }

    public FileEncoding CertificateEncoding { get; init; }

    /// <summary>Name of a revocation list: {cn} of the issuer, {KEYID} or {keyid} of its key, {issuerThumb} of its certificate,
    /// {crlThumb} of the list itself, for products that notice a new file but not a new content.</summary>
    public required string CrlFile { get; init; }

    public FileEncoding CrlEncoding { get; init; }

    public ReplaceMode Replace { get; init; }

    /// <summary>A directory in which the product notices changes, where it does not notice them everywhere; a file there is touched after a replacement.</summary>
    public string? Touch { get; init; }

    /// <summary>Where a product keeps its stores under a root: store and its full path.</summary>
    public IReadOnlyList<(TrustFolderStore Store, string Path)> StoresUnder(string root) =>
        [.. Stores.Select(s => (s, TrustFolderPaths.Join(root, s.Path)))];
}

/// <summary>One store of a product.</summary>
/// <param name="Path">Relative to the product's root; empty for the root itself.</param>
public sealed record TrustFolderStore(string Name, string Path);

/// <summary>Where a list keeps its certificates and revocation lists.</summary>
public sealed record ListFiles(string Certificates, string Crls);

/// <summary>Where a product keeps its own certificate and key, and how the files are called.</summary>
public sealed record OwnFiles
{
    public required string Certificates { get; init; }

    public required string PrivateKeys { get; init; }

    public required string CertificateFile { get; init; }

    public FileEncoding CertificateEncoding { get; init; }

    public required string PrivateKeyFile { get; init; }

    public PrivateKeyFormat PrivateKeyFormat { get; init; }

    /// <summary>An existing certificate and key keep their file names and encoding, whatever is said above: the product is configured to them.</summary>
    public bool KeepFileNames { get; init; }
}

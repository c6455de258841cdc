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

    /// <summary>PKCS#12 with certificate and key, beside a file with the certificate.</summary>
    Pfx,

    /// <summary>One PKCS#12 file with several entries and no file with the certificate beside it; the other entries stay.</summary>
    Keystore,
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
/// lines of trust-folder-layouts.json, and an operator can bring one more. Paths use '/', are relative to a store and are
/// written as the product writes them, upper and lower case included.
/// </summary>
public sealed record TrustFolderLayout
{
    public required string Name { get; init; }

    public string Title { get; init; } = "";

    /// <summary>What somebody has to look at before this layout is relied upon, in a sentence; null where its facts are certain.</summary>
    public string? Confirm { get; init; }

    /// <summary>The stores a product keeps; most keep one.</summary>
    public IReadOnlyList<TrustFolderStore> Stores { get; init; } = [new("application", "")];

    /// <summary>Null where the product keeps its own certificate elsewhere, so that only its lists can be managed.</summary>
    public OwnFiles? Own { get; init; }

    public required ListFiles Trusted { get; init; }

    /// <summary>Null where the product knows no issuers apart from the trusted certificates.</summary>
    public ListFiles? Issuers { get; init; }

    /// <summary>Extensions of the certificate files that the product reads, such as ".der"; "*" where it looks inside whatever the
    /// name. Empty where that is not known. Only an explanation asks: we ourselves always look inside.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>A directory that a store may have with a second set of lists, which the product prefers where it is there.</summary>
    public string? PreferredLists { get; init; }

    /// <summary>The directory of rejected certificates, nested or flat, beside the store ("../rejected") at the most; null where the product keeps none.</summary>
    public string? Rejected { get; init; }

    /// <summary>Name of a certificate file: {cn}, {THUMB} or {thumb} (SHA-1 in upper or lower case).</summary>
    public required string CertificateFile { get; init; }

    /// <summary>The same for issuer certificates, where the product tells them apart.</summary>
    public string? IssuerCertificateFile { get; init; }

    public FileEncoding CertificateEncoding { get; init; }

    /// <summary>Name of a revocation list: {cn} of the issuer, {KEYID} or {keyid} of its key, {issuerThumb} of its certificate,
    /// {crlThumb} of the list itself, for products that notice a new file but not a new content.</summary>
    public required string CrlFile { get; init; }

    public FileEncoding CrlEncoding { get; init; }

    public ReplaceMode Replace { get; init; }

    /// <summary>A directory in which the product notices changes, where it does not notice them everywhere; a file there is touched after a replacement.</summary>
    public string? Touch { get; init; }

    public ReloadFacts Reload { get; init; } = new();

    public DefaultRoots Roots { get; init; } = new();

    /// <summary>Files (as templates of names) and directories (ended by '/') relative to the root that only this product has: detection looks for them.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Whether own and trusted certificates lie in one directory.</summary>
    public bool OwnAmongTrusted => Own?.Certificates == Trusted.Certificates;

    /// <summary>Where a product keeps its stores under a root: store and its full path.</summary>
    public IReadOnlyList<(TrustFolderStore Store, string Path)> StoresUnder(string root) =>
        [.. Stores.Select(s => (s, TrustFolderPaths.Join(root, s.Path)))];

    /// <summary>The layout of one store: what it says itself goes before what is said for all.</summary>
    public TrustFolderLayout For(TrustFolderStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return this with { Stores = [store], Own = store.WithoutOwn ? null : Own, Trusted = store.Trusted ?? Trusted, Issuers = store.Issuers ?? Issuers };
    }

    /// <summary>The layout as it counts in a store on this disk: with the preferred lists where they are there.</summary>
    public TrustFolderLayout At(string path)
    {
        if (PreferredLists is not { } preferred || !Directory.Exists(TrustFolderPaths.Join(path, preferred))) return this;
        return this with { PreferredLists = null, Trusted = Under(preferred, Trusted), Issuers = Issuers is null ? null : Under(preferred, Issuers) };
    }

    /// <summary>Every directory that the layout names in a store, except that of rejected certificates.</summary>
    internal IEnumerable<string> Directories =>
        new[] { Trusted.Certificates, Trusted.Crls, Issuers?.Certificates, Issuers?.Crls, Own?.Certificates, Own?.PrivateKeys }.OfType<string>().Distinct();

    private static ListFiles Under(string directory, ListFiles files) =>
        new($"{directory}/{files.Certificates}", files.Crls is null ? null : $"{directory}/{files.Crls}");
}

/// <summary>One store of a product.</summary>
/// <param name="Path">Relative to the product's root; empty for the root itself.</param>
public sealed record TrustFolderStore(string Name, string Path)
{
    public const string ApplicationGroup = "application";

    /// <summary>The certificate group that the store serves: application, https or user.</summary>
    public string Group { get; init; } = ApplicationGroup;

    public ListFiles? Trusted { get; init; }

    public ListFiles? Issuers { get; init; }

    /// <summary>The store has lists only.</summary>
    public bool WithoutOwn { get; init; }

    /// <summary>Not every installation has the store: it is managed where its directory is there.</summary>
    public bool Optional { get; init; }
}

/// <summary>Where a list keeps its certificates and revocation lists.</summary>
/// <param name="Crls">Null where the product reads no revocation lists here.</param>
public sealed record ListFiles(string Certificates, string? Crls = null);

/// <summary>Where a product keeps its own certificate and key, and how the files are called.</summary>
public sealed record OwnFiles
{
    public required string Certificates { get; init; }

    public required string PrivateKeys { get; init; }

    /// <summary>Not read for a keystore.</summary>
    public string CertificateFile { get; init; } = "";

    public FileEncoding CertificateEncoding { get; init; }

    /// <summary>The key file; for a keystore the fixed name of its file.</summary>
    public required string PrivateKeyFile { get; init; }

    public PrivateKeyFormat PrivateKeyFormat { get; init; }

    /// <summary>For a keystore: the alias of a new entry, where no entry of this application is there yet.</summary>
    public string Alias { get; init; } = "{cn}";

    /// <summary>An existing certificate and key keep their file names and encoding, whatever is said above: the product is configured to them.</summary>
    public bool KeepFileNames { get; init; }
}

/// <summary>How a product comes to know that something has changed.</summary>
public enum Notice
{
    Unknown,

    /// <summary>It looks by itself.</summary>
    Watch,

    /// <summary>It looks where the layout's touch is.</summary>
    Touch,

    /// <summary>It reads at start only.</summary>
    Restart,
}

/// <param name="Lists">Trusted and issuer certificates and revocation lists.</param>
/// <param name="Own">The own certificate and key.</param>
public sealed record ReloadFacts(Notice Lists = Notice.Unknown, Notice Own = Notice.Unknown);

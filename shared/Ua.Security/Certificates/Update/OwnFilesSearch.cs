using Pki;

namespace Ua.Security.Certificates;

/// <summary>A private key file and the public part of its key.</summary>
internal sealed record OwnKeyFile(string Path, PublicKeyInfo Key);

/// <summary>A file with certificates of the application itself.</summary>
internal sealed record OwnCertificateFile(string Path, IReadOnlyList<ApplicationCertificate> Certificates);

/// <param name="Certificates">The files whose certificates belong to one of the keys.</param>
/// <param name="Unreadable">Files among the keys that are neither a key that can be opened nor a certificate.</param>
internal sealed record OwnFilesOnDisk(IReadOnlyList<OwnKeyFile> Keys, IReadOnlyList<OwnCertificateFile> Certificates, IReadOnlyList<string> Unreadable);

/// <summary>Finds out which files of a folder are the application's own: by what is in them, since products call them as they like.</summary>
internal sealed class OwnFilesSearch(TrustFolder folder)
{
    private const long LargestFile = 1024 * 1024;

    public async Task<OwnFilesOnDisk> FindAsync(string? password, CancellationToken cancellationToken)
    {
        List<OwnKeyFile> keys = [];
        List<string> unreadable = [];
        foreach (var file in Files(folder.Paths.OwnPrivateKeys))
        {
            var content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            if (PublicKeyOf(content, password) is { } key) keys.Add(new OwnKeyFile(file, key));
            else if (TrustFile.Parse(file, content).Problem is not null) unreadable.Add(file);
        }

        List<OwnCertificateFile> certificates = [];
        foreach (var file in Files(folder.Paths.OwnCertificates))
        {
            var parsed = TrustFile.Parse(file, await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false));
            if (parsed.Certificates.Any(c => keys.Exists(k => k.Key.Equals(c.PublicKey)))) certificates.Add(new OwnCertificateFile(file, parsed.Certificates));
        }

        return new OwnFilesOnDisk(keys, certificates, unreadable);
    }

    /// <summary>The same where own and trusted certificates lie in one directory: then a key that cannot be opened would let its certificate pass for a trusted one.</summary>
    public async Task<OwnFilesOnDisk> FindAmongTrustedAsync(string? password, CancellationToken cancellationToken)
    {
        var found = await FindAsync(password, cancellationToken).ConfigureAwait(false);
        if (found.Unreadable is [var file, ..])
            throw new Ua.Core.UaException(Ua.Core.StatusCodes.BadConfigurationError, $"The layout '{folder.Layout.Name}' keeps own and trusted certificates in one directory, and '{file}' is no private key that can be opened, so that the application's own certificate cannot be told from the others. Give the password of the key, or move the file away.");
        return found;
    }

    private static PublicKeyInfo? PublicKeyOf(byte[] content, string? password)
    {
        try
        {
            if (!PfxFile.LooksLikePfx(content))
            {
                using var key = KeyPair.Import(content, password);
                return key.PublicKey;
            }

            using var pfx = PfxFile.Read(content, password ?? "");
            return pfx.Key.PublicKey;
        }
        catch (PkiException)
        {
            return null; // not a key, or not one that we can open
        }
    }

    private static IEnumerable<string> Files(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFiles(directory).Where(f => !AtomicFile.IsTemporary(f) && new FileInfo(f).Length <= LargestFile)
        : [];
}

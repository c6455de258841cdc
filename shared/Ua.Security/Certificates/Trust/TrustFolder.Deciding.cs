using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <content>What a person does with a trust folder: look, trust, reject, remove.</content>
public sealed partial class TrustFolder
{
    /// <summary>Every file of the trusted, issuer and rejected parts, also those that cannot be read.</summary>
    public async Task<IReadOnlyList<TrustFolderEntry>> ListAsync(CancellationToken cancellationToken = default)
    {
        List<(TrustFolderPlace, string?)> places =
        [
            (TrustFolderPlace.Trusted, Paths.TrustedCertificates), (TrustFolderPlace.Trusted, Paths.TrustedCrls),
            (TrustFolderPlace.Issuer, Paths.IssuerCertificates), (TrustFolderPlace.Issuer, Paths.IssuerCrls),
        ];
        places.Add((TrustFolderPlace.Rejected, Paths.Rejected));

        List<TrustFolderEntry> entries = [];
        foreach (var (place, directory) in places.Where(p => p.Item2 is not null).DistinctBy(p => p.Item2)) entries.AddRange(await ListAsync(place, directory!, cancellationToken).ConfigureAwait(false));
        return entries;
    }

    /// <summary>Moves a rejected certificate to the trusted ones; one that is trusted already stays. Gives the file.</summary>
    /// <param name="thumbprint">SHA-1 or SHA-256 in hex; colons and spaces do not count.</param>
    public Task<string> TrustAsync(string thumbprint, CancellationToken cancellationToken = default) =>
        MoveAsync(thumbprint, TrustFolderPlace.Rejected, TrustFolderPlace.Trusted, Paths.TrustedCertificates, cancellationToken);

    /// <summary>Moves a trusted certificate to the rejected ones; open channels of it are closed by whoever watches. Gives the file.</summary>
    public Task<string> RejectAsync(string thumbprint, CancellationToken cancellationToken = default) =>
        MoveAsync(thumbprint, TrustFolderPlace.Trusted, TrustFolderPlace.Rejected, RejectedOrThrow(), cancellationToken);

    /// <summary>Trusts a certificate that was brought by other means. Gives the file.</summary>
    public async Task<string> TrustAsync(ApplicationCertificate certificate, CancellationToken cancellationToken = default)
    {
        var file = await WriteAsync(certificate, Paths.TrustedCertificates, cancellationToken).ConfigureAwait(false);
        await CurrentAsync(cancellationToken).ConfigureAwait(false);
        return file;
    }

    /// <summary>Deletes a certificate from the trusted, issuer and rejected parts. Gives the files that are gone.</summary>
    public async Task<IReadOnlyList<string>> RemoveAsync(string thumbprint, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(thumbprint, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0) throw NotFound(thumbprint);
        foreach (var entry in found) await AtomicFile.DeleteAsync(entry.Path, cancellationToken).ConfigureAwait(false);
        await CurrentAsync(cancellationToken).ConfigureAwait(false);
        return [.. found.Select(e => e.Path)];
    }

    private async Task<string> MoveAsync(string thumbprint, TrustFolderPlace from, TrustFolderPlace to, string directory, CancellationToken cancellationToken)
    {
        var found = await FindAsync(thumbprint, cancellationToken).ConfigureAwait(false);
        var sources = found.Where(e => e.Place == from).ToList();
        if (sources.Count == 0) return found.FirstOrDefault(e => e.Place == to)?.Path ?? throw NotFound(thumbprint);

        var certificate = sources[0].Certificate!;
        var file = await WriteAsync(certificate, directory, cancellationToken).ConfigureAwait(false);
        foreach (var source in sources.Where(s => s.Path != file)) await AtomicFile.DeleteAsync(source.Path, cancellationToken).ConfigureAwait(false);
        Log.CertificateMoved(_logger, certificate.Subject, certificate.Thumbprint, sources[0].Path, file);
        await CurrentAsync(cancellationToken).ConfigureAwait(false);
        return file;
    }

    private async Task<string> WriteAsync(ApplicationCertificate certificate, string directory, CancellationToken cancellationToken)
    {
        FolderDirectory.Create(Paths.Root, directory);
        var file = Path.Combine(directory, SafeFileName.ForCertificate(Layout.CertificateFile, certificate));
        await FilePlacement.WriteAsync(Layout, Paths.Root, file, CertificateFileContent.Of(certificate, Layout.CertificateEncoding), cancellationToken).ConfigureAwait(false);
        return file;
    }

    private async Task<List<TrustFolderEntry>> FindAsync(string thumbprint, CancellationToken cancellationToken)
    {
        var hex = string.Concat(thumbprint.Where(c => c is not (':' or ' '))).ToUpperInvariant();
        if (hex.Length is not (40 or 64) || !hex.All(char.IsAsciiHexDigit)) throw new UaException(StatusCodes.BadInvalidArgument, $"The thumbprint '{thumbprint}' is not one: 40 (SHA-1) or 64 (SHA-256) hex digits are needed.");
        var all = await ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. all.Where(e => e.Certificate is { } c && (c.Thumbprint == hex || c.Sha256 == hex))];
    }

    private static async Task<IReadOnlyList<TrustFolderEntry>> ListAsync(TrustFolderPlace place, string directory, CancellationToken cancellationToken)
    {
        var info = new DirectoryInfo(directory);
        if (!info.Exists) return [];
        List<TrustFolderEntry> entries = [];
        foreach (var file in DirectorySignature.Files(info).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var parsed = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
            entries.Add(new(place, file.FullName, file.LastWriteTimeUtc, parsed.Certificates is [var first, ..] ? first : null, parsed.Crls is [var list, ..] ? list : null, parsed.Problem));
        }

        return entries;
    }

    private static async Task<TrustFile> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Length > CertificateRevocationList.LargestSize) return TrustFile.Bad(file.FullName, $"it has {file.Length} bytes");
            return TrustFile.Parse(file.FullName, await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TrustFile.Bad(file.FullName, $"it cannot be read: {e.Message}");
        }
    }

    private string RejectedOrThrow() => Paths.Rejected
        ?? throw new UaException(StatusCodes.BadNotSupported, $"The layout '{Layout.Name}' has no directory for rejected certificates.");

    private UaException NotFound(string thumbprint) =>
        new(StatusCodes.BadNotFound, $"There is no certificate with the thumbprint {thumbprint} in the trust folder '{Paths.Root}'.");
}

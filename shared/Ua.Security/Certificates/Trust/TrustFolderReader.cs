using System.Security.Cryptography;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// Reads the four directories of a trust folder into a snapshot. Files are told apart by content and not by name; junk is
/// skipped with its reason. What was parsed once is reused as long as the bytes are the same.
/// </summary>
internal sealed class TrustFolderReader(TrustFolderPaths paths)
{
    private Dictionary<string, TrustFile> _parsed = new(StringComparer.Ordinal);

    /// <summary>Gives the snapshot and a digest over everything in it; equal digests mean equal content.</summary>
    public async Task<(TrustLists Lists, string Digest)> ReadAsync(CancellationToken cancellationToken)
    {
        var next = new Dictionary<string, TrustFile>(StringComparer.Ordinal);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new Dictionary<string, List<TrustFile>>(StringComparer.Ordinal);
        List<SkippedFile> skipped = [];
        foreach (var directory in paths.Lists)
        {
            files[directory] = await ReadDirectoryAsync(directory, next, digest, skipped, cancellationToken).ConfigureAwait(false);
        }

        _parsed = next;
        var trusted = In(paths.TrustedCertificates).Union(In(paths.TrustedCrls)).ToList();
        var issuers = In(paths.IssuerCertificates).Union(In(paths.IssuerCrls)).Except(trusted).ToList();
        skipped.AddRange(trusted.Concat(issuers).Where(f => f.Problem is not null).Select(f => new SkippedFile(f.Path, f.Problem!)));
        var lists = new TrustLists(
            Certificates(In(paths.TrustedCertificates)), Crls(trusted),
            Certificates(In(paths.IssuerCertificates).Except(trusted)), Crls(issuers), skipped);
        return (lists, Convert.ToHexString(digest.GetCurrentHash()));

        List<TrustFile> In(string? directory) => directory is null ? [] : files[directory];
    }

    private async Task<List<TrustFile>> ReadDirectoryAsync(string directory, Dictionary<string, TrustFile> next, IncrementalHash digest, List<SkippedFile> skipped, CancellationToken cancellationToken)
    {
        var info = new DirectoryInfo(directory);
        List<TrustFile> result = [];
        if (!info.Exists) return result;
        var files = DirectorySignature.Files(info).OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        if (files.Count == DirectorySignature.MostFiles) skipped.Add(new SkippedFile(directory, $"it holds {DirectorySignature.MostFiles} files or more; the rest is not read"));
        foreach (var file in files)
        {
            var (read, hash) = await ReadFileAsync(file, next, cancellationToken).ConfigureAwait(false);
            if (read is null) continue;
            digest.AppendData(System.Text.Encoding.UTF8.GetBytes($"{file.FullName}|{hash}\n"));
            result.Add(read);
        }

        return result;
    }

    private async Task<(TrustFile? File, string Hash)> ReadFileAsync(FileInfo file, Dictionary<string, TrustFile> next, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Length > CertificateRevocationList.LargestSize) return (TrustFile.Bad(file.FullName, $"it has {file.Length} bytes; at most {CertificateRevocationList.LargestSize} are read"), "large");
            var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
            var hash = Convert.ToHexString(SHA256.HashData(content));
            var key = $"{file.FullName}|{hash}";
            var parsed = _parsed.TryGetValue(key, out var known) ? known : TrustFile.Parse(file.FullName, content);
            next[key] = parsed;
            return (parsed, hash);
        }
        catch (FileNotFoundException)
        {
            return (null, ""); // gone between listing and reading: the next look finds the new listing
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (TrustFile.Bad(file.FullName, $"it cannot be read: {e.Message}"), e.Message);
        }
    }

    private static IEnumerable<TrustListCertificate> Certificates(IEnumerable<TrustFile> files) =>
        files.SelectMany(f => f.Certificates.Select(c => new TrustListCertificate(c, f.Path)));

    private static IEnumerable<TrustListCrl> Crls(IEnumerable<TrustFile> files) =>
        files.SelectMany(f => f.Crls.Select(c => new TrustListCrl(c, f.Path)));
}

using Microsoft.Extensions.Logging;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// Reads own/certs and own/private and pairs what belongs together by key, not by name: PEM, DER and PFX, encrypted or not.
/// Of several certificates for one kind of key the one that is valid now and began last counts.
/// </summary>
internal sealed class OwnCertificateReader(TrustFolder folder, ApplicationIdentityOptions options, TimeProvider time, ILogger logger)
{
    private const long LargestFile = 1024 * 1024;

    /// <summary>Empty where there are no files at all; throws <see cref="PkiException"/> where there are some and none can be used.</summary>
    public async Task<IReadOnlyList<IdentityCertificate>> ReadAsync(CancellationToken cancellationToken)
    {
        var keys = await ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        var certificates = await ReadCertificatesAsync(cancellationToken).ConfigureAwait(false);
        if (keys.Keys.Count == 0 && certificates.Count == 0 && keys.Problems.Count == 0) return [];

        var all = certificates.Concat(keys.Certificates).Distinct().ToList();
        var pairs = all.SelectMany(c => keys.Keys.Where(k => k.Matches(c.PublicKey)).Take(1).Select(k => (Certificate: c, Key: k))).ToList();
        if (pairs.Count == 0) throw new PkiException(Mismatch(all, keys));

        var lists = await folder.CurrentAsync(cancellationToken).ConfigureAwait(false);
        return [.. pairs.GroupBy(p => p.Key.Kind).Select(g => Best(g)).OrderBy(p => p.Key.Kind).Select(p => new IdentityCertificate(p.Certificate, p.Key, options.SendIssuers ? IssuersOf(p.Certificate, all, lists) : []))];
    }

    private (ApplicationCertificate Certificate, KeyPair Key) Best(IEnumerable<(ApplicationCertificate Certificate, KeyPair Key)> pairs)
    {
        var now = time.GetUtcNow();
        return pairs.OrderByDescending(p => p.Certificate.IsValidAt(now)).ThenByDescending(p => p.Certificate.NotBefore).ThenBy(p => p.Certificate.Thumbprint, StringComparer.Ordinal).First();
    }

    private static List<ApplicationCertificate> IssuersOf(ApplicationCertificate leaf, List<ApplicationCertificate> own, TrustLists lists)
    {
        var chain = new ChainBuilder(lists, [leaf, .. own.Where(c => !c.Equals(leaf))]).Build()[0];
        return [.. chain.Links.Skip(1).Select(l => l.Certificate)];
    }

    private string Mismatch(List<ApplicationCertificate> certificates, KeyFiles keys)
    {
        if (certificates.Count == 0) return $"there is a private key but no certificate in '{folder.Paths.OwnCertificates}'";
        var which = string.Join(", ", certificates.Select(c => c.ToString()));
        return keys.Keys.Count == 0
            ? $"there is no usable private key in '{folder.Paths.OwnPrivateKeys}' for {which}{(keys.Problems.Count > 0 ? $": {string.Join("; ", keys.Problems)}" : "")}"
            : $"no private key in '{folder.Paths.OwnPrivateKeys}' belongs to {which}";
    }

    private async Task<List<ApplicationCertificate>> ReadCertificatesAsync(CancellationToken cancellationToken)
    {
        List<ApplicationCertificate> certificates = [];
        foreach (var file in Files(folder.Paths.OwnCertificates))
        {
            try
            {
                var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
                certificates.AddRange(PemFile.ReadCertificates(content));
            }
            catch (Exception e) when (e is PkiException or IOException or UnauthorizedAccessException)
            {
                Log.OwnFileSkipped(logger, file.FullName, e.Message);
            }
        }

        return certificates;
    }

    private async Task<KeyFiles> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var found = new KeyFiles([], [], []);
        foreach (var file in Files(folder.Paths.OwnPrivateKeys))
        {
            try
            {
                var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
                Read(file.FullName, content, found);
                System.Security.Cryptography.CryptographicOperations.ZeroMemory(content);
                if (OwnerOnlyDirectory.IsReadableByOthers(file.FullName)) Log.KeyReadableByOthers(logger, file.FullName);
            }
            catch (Exception e) when (e is PkiException or IOException or UnauthorizedAccessException)
            {
                found.Problems.Add($"{file.FullName}: {e.Message}");
                Log.OwnFileSkipped(logger, file.FullName, e.Message);
            }
        }

        return found;
    }

    private void Read(string path, byte[] content, KeyFiles found)
    {
        var password = options.PrivateKeyPassword?.Invoke(path);
        if (!IsPfx(path)) found.Keys.Add(KeyPair.Import(content, password));
        else if (PfxFile.Read(content, password ?? "") is var pfx)
        {
            found.Keys.Add(pfx.Key);
            found.Certificates.AddRange([pfx.Certificate, .. pfx.Issuers]);
        }
    }

    private static bool IsPfx(string path) => Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12";

    private static IEnumerable<FileInfo> Files(string directory)
    {
        var info = new DirectoryInfo(directory);
        return info.Exists ? DirectorySignature.Files(info).Where(f => f.Length <= LargestFile).OrderBy(f => f.Name, StringComparer.Ordinal) : [];
    }

    private sealed record KeyFiles(List<KeyPair> Keys, List<ApplicationCertificate> Certificates, List<string> Problems);
}

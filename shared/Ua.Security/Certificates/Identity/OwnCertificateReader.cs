using System.Text;
using Microsoft.Extensions.Logging;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// Reads own/certs and own/private and pairs what belongs together by key, not by name: PEM, DER and PFX, encrypted or not.
/// Of several certificates for one kind of key the one with the ApplicationUri asked for, valid now and begun last counts.
/// </summary>
internal sealed class OwnCertificateReader(TrustFolder folder, ApplicationIdentityOptions options, TimeProvider time, ILogger logger)
{
    private const long LargestFile = 1024 * 1024;

    /// <summary>The name of the keystore; null where certificate and key are files.</summary>
    private string? Keystore { get; } = folder.Layout.Own is { PrivateKeyFormat: PrivateKeyFormat.Keystore } own ? own.PrivateKeyFile : null;

    /// <summary>Certificate and key lie in one directory.</summary>
    private bool IsShared { get; } = folder.Layout.Own is { } own && own.Certificates == own.PrivateKeys;

    /// <summary>Empty where there are no files at all; throws <see cref="PkiException"/> where there are some and none can be used.</summary>
    public async Task<IReadOnlyList<IdentityCertificate>> ReadAsync(CancellationToken cancellationToken)
    {
        var own = await InspectAsync(cancellationToken).ConfigureAwait(false);
        if (own.IsEmpty) return [];
        if (own.Problem is { } problem) throw new PkiException(problem);
        var lists = await folder.CurrentAsync(cancellationToken).ConfigureAwait(false);
        return [.. own.Pairs.GroupBy(p => p.Key.Kind).Select(g => Best(g)).OrderBy(p => p.Key.Kind).Select(p => new IdentityCertificate(p.Certificate, p.Key, options.SendIssuers ? IssuersOf(p.Certificate, own.Certificates, lists) : []))];
    }

    /// <summary>What lies there, whether it can be used or not.</summary>
    public async Task<OwnFilesFound> InspectAsync(CancellationToken cancellationToken)
    {
        var keys = await ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        var all = (await ReadCertificatesAsync(cancellationToken).ConfigureAwait(false)).Concat(keys.Certificates).Distinct().ToList();
        var pairs = all.SelectMany(c => keys.Keys.Where(k => k.Matches(c.PublicKey)).Take(1).Select(k => (Certificate: c, Key: k))).ToList();
        if (pairs.Count > 0) return new(all, pairs, Cause.None, null);
        if (all.Count == 0 && keys.Keys.Count == 0 && keys.Problems.Count == 0) return new([], [], Cause.OwnCertificateMissing, null);
        var (cause, problem) = Mismatch(all, keys);
        return new(all, [], cause, problem);
    }

    private (ApplicationCertificate Certificate, KeyPair Key) Best(IEnumerable<(ApplicationCertificate Certificate, KeyPair Key)> pairs)
    {
        var now = time.GetUtcNow();
        return pairs.OrderByDescending(p => options.ApplicationUri is null || p.Certificate.ApplicationUri == options.ApplicationUri).ThenByDescending(p => p.Certificate.IsValidAt(now)).ThenByDescending(p => p.Certificate.NotBefore).ThenBy(p => p.Certificate.Thumbprint, StringComparer.Ordinal).First();
    }

    private static List<ApplicationCertificate> IssuersOf(ApplicationCertificate leaf, List<ApplicationCertificate> own, TrustLists lists)
    {
        var chain = new ChainBuilder(lists, [leaf, .. own.Where(c => !c.Equals(leaf))]).Build()[0];
        return [.. chain.Links.Skip(1).Select(l => l.Certificate)];
    }

    private (Cause, string) Mismatch(List<ApplicationCertificate> certificates, KeyFiles keys)
    {
        if (certificates.Count == 0) return (Cause.OwnCertificateMissing, $"there is a private key but no certificate in '{folder.Paths.OwnCertificates}'");
        var which = string.Join(", ", certificates.Select(c => c.ToString()));
        if (keys.Keys.Count > 0) return (Cause.OwnKeyDoesNotFit, $"no private key in '{folder.Paths.OwnPrivateKeys}' belongs to {which}");
        var missing = $"there is no usable private key in '{folder.Paths.OwnPrivateKeys}' for {which}";
        return keys.Problems.Count > 0 ? (Cause.OwnKeyUnreadable, $"{missing}: {string.Join("; ", keys.Problems)}") : (Cause.OwnKeyMissing, missing);
    }

    private async Task<List<ApplicationCertificate>> ReadCertificatesAsync(CancellationToken cancellationToken)
    {
        List<ApplicationCertificate> certificates = [];
        foreach (var file in Keystore is null ? Files(folder.Paths.OwnCertificates) : [])
        {
            try
            {
                var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
                if (IsShared && !HasCertificate(file.FullName, content)) continue; // the key, in one directory with its certificate
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
        foreach (var file in Files(folder.Paths.OwnPrivateKeys).Where(f => Keystore is null || f.Name == Keystore))
        {
            try
            {
                var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
                if (IsShared && !PfxFile.LooksLikePfx(content) && HasOnlyCertificate(file.FullName, content)) continue;
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
        if (!PfxFile.LooksLikePfx(content)) found.Keys.Add(KeyPair.Import(content, password));
        else if (Keystore is not null) Add(Pki.Keystore.Read(content, password ?? "").Entries(), found);
        else if (PfxFile.Read(content, password ?? "") is var pfx)
        {
            found.Keys.Add(pfx.Key);
            found.Certificates.AddRange([pfx.Certificate, .. pfx.Issuers]);
        }
    }

    private static void Add(IReadOnlyList<KeystoreEntry> entries, KeyFiles found)
    {
        found.Keys.AddRange(entries.Select(e => e.Content.Key));
        found.Certificates.AddRange(entries.SelectMany(e => e.Content.Issuers.Prepend(e.Content.Certificate)));
    }

    private static bool HasCertificate(string path, byte[] content) => TrustFile.Parse(path, content).Certificates.Count > 0;

    private static bool HasOnlyCertificate(string path, byte[] content) => HasCertificate(path, content) && !Encoding.ASCII.GetString(content).Contains("PRIVATE KEY", StringComparison.Ordinal);

    private static IEnumerable<FileInfo> Files(string directory)
    {
        var info = new DirectoryInfo(directory);
        return info.Exists ? DirectorySignature.Files(info).Where(f => f.Length <= LargestFile).OrderBy(f => f.Name, StringComparer.Ordinal) : [];
    }

    /// <summary>The files of own/certs and own/private.</summary>
    /// <param name="Pairs">What belongs together; empty where a <paramref name="Problem"/> says why, or where there is nothing at all.</param>
    /// <param name="Cause">The problem in one word.</param>
    internal sealed record OwnFilesFound(List<ApplicationCertificate> Certificates, List<(ApplicationCertificate Certificate, KeyPair Key)> Pairs, Cause Cause, string? Problem)
    {
        public bool IsEmpty => Pairs.Count == 0 && Problem is null;
    }

    private sealed record KeyFiles(List<KeyPair> Keys, List<ApplicationCertificate> Certificates, List<string> Problems);
}

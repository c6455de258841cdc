using Pki;

namespace Ua.Security.Certificates;

/// <summary>Stages a renewed certificate and key. They take the place of the pair of the same kind; whatever else lies there stays.</summary>
internal sealed class OwnStaging(TrustFolder folder, StagedTree tree, TrustFolderSet set)
{
    private readonly OwnFiles _layout = folder.Paths.Own;

    /// <summary>What of the present files goes.</summary>
    public OwnReplacement Replaced(OwnFilesOnDisk found)
    {
        var removed = Pair(found, key => set.RemovedOwn.Any(c => c.PublicKey.Equals(key)), coming: null);
        if (set.Own is not { } own) return new OwnReplacement(null, null, [.. removed.Files], Comes: false);
        var pair = Pair(found, key => IsSameKind(key, own), own.Certificate);
        var isThere = pair.Certificates.Exists(f => f.Certificates.Contains(own.Certificate)) && pair.Keys.Count == 1 && pair.Keys[0].Key.Equals(own.Certificate.PublicKey);
        return isThere
            ? new OwnReplacement(null, null, [.. removed.Files], Comes: false)
            : new OwnReplacement(Newest(pair.Keys.Select(k => k.Path)), Newest(pair.Certificates.Select(c => c.Path)), [.. pair.Files, .. removed.Files], Comes: true);
    }

    public async Task StageAsync(OwnReplacement replaced, CancellationToken cancellationToken)
    {
        foreach (var unit in SwapUnits.OfOwn(folder.Layout)) await tree.CarryOverAsync(unit, replaced.Files.Contains, cancellationToken).ConfigureAwait(false);
        if (!replaced.Comes) return;
        var own = set.Own!;
        var keyFile = _layout.KeepFileNames ? replaced.Key : null;
        var certificateFile = _layout.KeepFileNames ? replaced.Certificate : null;
        var keyName = keyFile is null ? SafeFileName.ForCertificate(_layout.PrivateKeyFile, own.Certificate) : Path.GetFileName(keyFile);
        var certificateName = certificateFile is null ? SafeFileName.ForCertificate(_layout.CertificateFile, own.Certificate) : Path.GetFileName(certificateFile);
        var key = PrivateKeyContent.Of(own, keyFile is null ? _layout.PrivateKeyFormat : FormatOf(keyFile), set.PrivateKeyPassword);
        var certificate = CertificateFileContent.Of(own.Certificate, certificateFile is null ? _layout.CertificateEncoding : EncodingOf(certificateFile));
        await tree.WriteAsync(_layout.PrivateKeys, keyName, key, FileProtection.OwnerOnly, replaced.Key, cancellationToken).ConfigureAwait(false);
        await tree.WriteAsync(_layout.Certificates, certificateName, certificate, FileProtection.Default, replaced.Certificate, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The keystore with the entry of this application replaced: the one that carries its ApplicationUri, else a new one.</summary>
    public async Task StageKeystoreAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.Paths.OwnPrivateKeys, _layout.PrivateKeyFile);
        var password = set.PrivateKeyPassword ?? "";
        var before = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false) : null;
        var store = before is null ? Keystore.Empty(password) : Keystore.Read(before, password);
        foreach (var unit in SwapUnits.OfOwn(folder.Layout)) await tree.CarryOverAsync(unit, _ => false, cancellationToken).ConfigureAwait(false);
        var removed = store.Entries().Where(e => set.RemovedOwn.Any(c => c.PublicKey.Equals(e.Content.Certificate.PublicKey))).Select(e => e.Alias).ToList();
        var after = removed.Count == 0 ? before : store.Without(removed);
        if (set.Own is { } own && (Renewed(after is null ? store : Keystore.Read(after, password), own) is { } renewed)) after = renewed;
        if (after is null || ReferenceEquals(after, before)) return;
        await tree.WriteAsync(_layout.PrivateKeys, _layout.PrivateKeyFile, after, FileProtection.OwnerOnly, before is null ? null : path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Null where the entry is there as it should be.</summary>
    private byte[]? Renewed(Keystore store, IdentityCertificate own)
    {
        var mine = store.Entries().Where(e => IsSameKind(e.Content.Key.PublicKey, own) && e.Content.Certificate.ApplicationUri == own.Certificate.ApplicationUri).MaxBy(e => e.Content.Certificate.NotBefore);
        return mine?.Content.Certificate.Equals(own.Certificate) == true ? null : store.With(mine?.Alias ?? FreeAlias(store, own), own.Certificate, own.Key, own.Issuers);
    }

    private static PairFiles Pair(OwnFilesOnDisk found, Predicate<PublicKeyInfo> goes, ApplicationCertificate? coming)
    {
        var keys = found.Keys.Where(k => goes(k.Key)).ToList();
        return new PairFiles(keys, [.. found.Certificates.Where(f => f.Certificates.Any(c => keys.Exists(k => k.Key.Equals(c.PublicKey)) || c.PublicKey.Equals(coming?.PublicKey)))]);
    }

    private string FreeAlias(Keystore store, IdentityCertificate own)
    {
        var wanted = SafeFileName.ForCertificate(_layout.Alias, own.Certificate);
        var taken = store.Entries().Select(e => e.Alias).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return taken.Contains(wanted) ? $"{wanted} {own.Certificate.Thumbprint[..8]}" : wanted;
    }

    private static bool IsSameKind(PublicKeyInfo key, IdentityCertificate own) => key.IsRsa ? own.Certificate.PublicKey.IsRsa : key.Kind == own.Kind;

    private static FileEncoding EncodingOf(string certificateFile) =>
        File.ReadAllBytes(certificateFile) is [0x30, ..] ? FileEncoding.Der : FileEncoding.Pem;

    private static PrivateKeyFormat FormatOf(string keyFile) => File.ReadAllBytes(keyFile) switch
    {
        var content when PfxFile.LooksLikePfx(content) => PrivateKeyFormat.Pfx,
        [0x30, ..] => PrivateKeyFormat.Der,
        _ => PrivateKeyFormat.Pem,
    };

    private static string? Newest(IEnumerable<string> files) => files.MaxBy(File.GetLastWriteTimeUtc);

    private sealed record PairFiles(List<OwnKeyFile> Keys, List<OwnCertificateFile> Certificates)
    {
        public IEnumerable<string> Files => Keys.Select(k => k.Path).Concat(Certificates.Select(c => c.Path));
    }
}

/// <summary>What goes, and what takes its place.</summary>
/// <param name="Key">The key file whose name, format and rights the new one takes; null where there is none.</param>
/// <param name="Certificate">Likewise for the certificate.</param>
/// <param name="Comes">False where no certificate comes, or the one that would is there with its key and no other of the kind: written again it would only get another salt.</param>
internal sealed record OwnReplacement(string? Key, string? Certificate, IReadOnlyList<string> Files, bool Comes);

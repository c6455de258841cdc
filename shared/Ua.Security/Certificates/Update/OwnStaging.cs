using Pki;

namespace Ua.Security.Certificates;

/// <summary>Stages a renewed certificate and key. They take the place of the pair of the same kind; whatever else lies there stays.</summary>
internal sealed class OwnStaging(TrustFolder folder, StagedTree tree)
{
    public async Task StageAsync(TrustFolderSet set, CancellationToken cancellationToken)
    {
        var password = set.PrivateKeyPassword;
        var removed = set.RemovedOwn.Count == 0 ? null : await FindAsync(key => set.RemovedOwn.Any(c => c.PublicKey.Equals(key)), null, password, cancellationToken).ConfigureAwait(false);
        var before = set.Own is { } own ? await FindAsync(key => IsSameKind(key, own), own.Certificate, password, cancellationToken).ConfigureAwait(false) : null;
        await CarryOverAsync(file => (removed?.Has(file) ?? false) || (before is { HasSamePair: false } && before.Has(file)), cancellationToken).ConfigureAwait(false);
        if (before is { HasSamePair: false }) await WriteAsync(set.Own!, before, password, cancellationToken).ConfigureAwait(false);
    }

    private async Task CarryOverAsync(Func<string, bool> leaveOut, CancellationToken cancellationToken)
    {
        foreach (var unit in SwapUnits.Of(folder.Layout, withOwn: true).Except(SwapUnits.Of(folder.Layout, withOwn: false)))
        {
            await tree.CarryOverAsync(unit, leaveOut, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(IdentityCertificate own, PairFiles before, string? password, CancellationToken cancellationToken)
    {
        var layout = folder.Layout.Own;
        var keyFile = Newest(before.Keys);
        var certificateFile = Newest(before.Certificates);
        var keyName = layout.KeepFileNames && keyFile is not null ? Path.GetFileName(keyFile) : SafeFileName.ForCertificate(layout.PrivateKeyFile, own.Certificate);
        var certificateName = layout.KeepFileNames && certificateFile is not null ? Path.GetFileName(certificateFile) : SafeFileName.ForCertificate(layout.CertificateFile, own.Certificate);
        var encoding = layout.KeepFileNames && certificateFile is not null ? EncodingOf(certificateFile) : layout.CertificateEncoding;
        var format = layout.KeepFileNames && keyFile is not null ? FormatOf(keyFile) : layout.PrivateKeyFormat;

        await tree.WriteAsync(layout.PrivateKeys, keyName, PrivateKeyContent.Of(own, format, password), FileProtection.OwnerOnly, keyFile, cancellationToken).ConfigureAwait(false);
        await tree.WriteAsync(layout.Certificates, certificateName, CertificateFileContent.Of(own.Certificate, encoding), FileProtection.Default, certificateFile, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The files of the pair that goes: keys that fit, and the certificates that belong to them.</summary>
    /// <param name="coming">The certificate that takes their place, if one does.</param>
    private async Task<PairFiles> FindAsync(Predicate<PublicKeyInfo> goes, ApplicationCertificate? coming, string? password, CancellationToken cancellationToken)
    {
        List<string> keyFiles = [], certificateFiles = [];
        List<PublicKeyInfo> keys = [];
        var hasCertificate = false;
        foreach (var file in Files(folder.Paths.OwnPrivateKeys))
        {
            if (await PublicKeyOfAsync(file, password, cancellationToken).ConfigureAwait(false) is not { } key || !goes(key)) continue;
            keyFiles.Add(file);
            keys.Add(key);
        }

        foreach (var file in Files(folder.Paths.OwnCertificates))
        {
            var parsed = TrustFile.Parse(file, await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false));
            hasCertificate |= coming is not null && parsed.Certificates.Contains(coming);
            if (parsed.Certificates.Any(c => keys.Contains(c.PublicKey) || c.PublicKey.Equals(coming?.PublicKey))) certificateFiles.Add(file);
        }

        return new PairFiles(keyFiles, certificateFiles, hasCertificate && keyFiles.Count == 1 && keys[0].Equals(coming?.PublicKey));
    }

    private static async Task<PublicKeyInfo?> PublicKeyOfAsync(string file, string? password, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        try
        {
            if (FormatOf(file) != PrivateKeyFormat.Pfx)
            {
                using var key = KeyPair.Import(content, password);
                return key.PublicKey;
            }

            using var pfx = PfxFile.Read(content, password ?? "");
            return pfx.Key.PublicKey;
        }
        catch (PkiException)
        {
            return null; // not a key, or not one of ours to replace
        }
    }

    private static bool IsSameKind(PublicKeyInfo key, IdentityCertificate own) =>
        key.IsRsa ? own.Certificate.PublicKey.IsRsa : key.Kind == own.Kind;

    private static FileEncoding EncodingOf(string certificateFile) =>
        File.ReadAllBytes(certificateFile) is [0x30, ..] ? FileEncoding.Der : FileEncoding.Pem;

    private static PrivateKeyFormat FormatOf(string keyFile) => Path.GetExtension(keyFile).ToUpperInvariant() switch
    {
        ".PFX" or ".P12" => PrivateKeyFormat.Pfx,
        _ => File.ReadAllBytes(keyFile) is [0x30, ..] ? PrivateKeyFormat.Der : PrivateKeyFormat.Pem,
    };

    private static string? Newest(List<string> files) => files.MaxBy(File.GetLastWriteTimeUtc);

    private static List<string> Files(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Where(f => !AtomicFile.IsTemporary(f))] : [];

    /// <param name="HasSamePair">The certificate and its key are there, and no other key of the kind: written again they would only get another salt.</param>
    private sealed record PairFiles(List<string> Keys, List<string> Certificates, bool HasSamePair)
    {
        public bool Has(string file) => Keys.Contains(file) || Certificates.Contains(file);
    }
}

using Pki;

namespace Ua.Security.Certificates;

/// <summary>Stages a renewed certificate and key. They take the place of the pair of the same kind; whatever else lies there stays.</summary>
internal sealed class OwnStaging(TrustFolder folder, StagedTree tree)
{
    public async Task StageAsync(IdentityCertificate own, string? password, CancellationToken cancellationToken)
    {
        var layout = folder.Layout.Own;
        var before = await FindAsync(own, password, cancellationToken).ConfigureAwait(false);
        var isThere = before.HasSamePair;
        foreach (var unit in SwapUnits.Of(folder.Layout, withOwn: true).Except(SwapUnits.Of(folder.Layout, withOwn: false)))
        {
            await tree.CarryOverAsync(unit, f => !isThere && (before.Keys.Contains(f) || before.Certificates.Contains(f)), cancellationToken).ConfigureAwait(false);
        }

        if (isThere) return;
        var keyFile = Newest(before.Keys);
        var certificateFile = Newest(before.Certificates);
        var keyName = layout.KeepFileNames && keyFile is not null ? Path.GetFileName(keyFile) : SafeFileName.ForCertificate(layout.PrivateKeyFile, own.Certificate);
        var certificateName = layout.KeepFileNames && certificateFile is not null ? Path.GetFileName(certificateFile) : SafeFileName.ForCertificate(layout.CertificateFile, own.Certificate);
        var encoding = layout.KeepFileNames && certificateFile is not null ? EncodingOf(certificateFile) : layout.CertificateEncoding;
        var format = layout.KeepFileNames && keyFile is not null ? FormatOf(keyFile) : layout.PrivateKeyFormat;

        await tree.WriteAsync(layout.PrivateKeys, keyName, PrivateKeyContent.Of(own, format, password), FileProtection.OwnerOnly, keyFile, cancellationToken).ConfigureAwait(false);
        await tree.WriteAsync(layout.Certificates, certificateName, CertificateFileContent.Of(own.Certificate, encoding), FileProtection.Default, certificateFile, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The files of the pair that goes: keys of the same kind, and the certificates that belong to them.</summary>
    private async Task<PairFiles> FindAsync(IdentityCertificate own, string? password, CancellationToken cancellationToken)
    {
        List<string> keyFiles = [], certificateFiles = [];
        List<PublicKeyInfo> keys = [];
        var hasCertificate = false;
        foreach (var file in Files(folder.Paths.OwnPrivateKeys))
        {
            if (await PublicKeyOfAsync(file, password, cancellationToken).ConfigureAwait(false) is not { } key || !IsSameKind(key, own)) continue;
            keyFiles.Add(file);
            keys.Add(key);
        }

        foreach (var file in Files(folder.Paths.OwnCertificates))
        {
            var parsed = TrustFile.Parse(file, await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false));
            hasCertificate |= parsed.Certificates.Contains(own.Certificate);
            if (parsed.Certificates.Any(c => keys.Contains(c.PublicKey) || c.PublicKey.Equals(own.Certificate.PublicKey))) certificateFiles.Add(file);
        }

        return new PairFiles(keyFiles, certificateFiles, hasCertificate && keyFiles.Count == 1 && keys[0].Equals(own.Certificate.PublicKey));
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
    private sealed record PairFiles(List<string> Keys, List<string> Certificates, bool HasSamePair);
}

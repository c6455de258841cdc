using Pki;

namespace Ua.Security.Certificates;

/// <summary>Stages the four lists of a set under the names and encodings of the layout. Files of the product that are neither certificate nor list stay.</summary>
internal sealed class ListStaging(TrustFolder folder, StagedTree tree, IReadOnlyCollection<string> ownFiles)
{
    private const long LargestCarried = 4 * 1024 * 1024;

    /// <param name="whole">The set; the layout takes of it what it can hold.</param>
    public async Task StageAsync(TrustFolderSet whole, CancellationToken cancellationToken)
    {
        var layout = folder.Layout;
        var set = whole.FittedTo(layout);
        foreach (var unit in SwapUnits.OfLists(layout)) await tree.CarryOverAsync(unit, IsReplaced, cancellationToken).ConfigureAwait(false);
        if (layout.Issuers is { } issuers)
        {
            await CertificatesAsync(issuers.Certificates, layout.IssuerCertificateFile ?? layout.CertificateFile, set.IssuerCertificates, cancellationToken).ConfigureAwait(false);
            if (issuers.Crls is { } issuerCrls) await CrlsAsync(issuerCrls, set.IssuerCrls, whole, cancellationToken).ConfigureAwait(false);
        }

        await CertificatesAsync(layout.Trusted.Certificates, layout.CertificateFile, set.TrustedCertificates, cancellationToken).ConfigureAwait(false);
        if (layout.Trusted.Crls is { } crls) await CrlsAsync(crls, set.TrustedCrls, whole, cancellationToken).ConfigureAwait(false);
    }

    private bool IsReplaced(string file) =>
        folder.Paths.Lists.Contains(Path.GetDirectoryName(file)) && !ownFiles.Contains(file)
        && (new FileInfo(file).Length > LargestCarried || TrustFile.Parse(file, File.ReadAllBytes(file)).Problem is null);

    private async Task CertificatesAsync(string directory, string template, IEnumerable<ApplicationCertificate> certificates, CancellationToken cancellationToken)
    {
        tree.MakeDirectory(directory);
        var like = Like(directory);
        var layout = folder.Layout;
        foreach (var certificate in certificates.Distinct())
        {
            var name = SafeFileName.ForCertificate(template, certificate);
            await tree.WriteAsync(directory, name, CertificateFileContent.Of(certificate, layout.CertificateEncoding), FileProtection.Default, like, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Of several lists of one authority key the newest is written: their names would be the same.</summary>
    private async Task CrlsAsync(string directory, IEnumerable<CertificateRevocationList> lists, TrustFolderSet set, CancellationToken cancellationToken)
    {
        tree.MakeDirectory(directory);
        var like = Like(directory);
        var layout = folder.Layout;
        foreach (var list in lists.OrderBy(l => l.ThisUpdate).ThenBy(l => l.Number))
        {
            var name = SafeFileName.ForCrl(layout.CrlFile, list, set.Certificates.First(list.IsFrom));
            await tree.WriteAsync(directory, name, CertificateFileContent.Of(list, layout.CrlEncoding), FileProtection.Default, like, cancellationToken).ConfigureAwait(false);
        }
    }

    private string? Like(string directory)
    {
        var path = TrustFolderPaths.Join(folder.Paths.Root, directory);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path).FirstOrDefault(f => !AtomicFile.IsTemporary(f)) : null;
    }
}

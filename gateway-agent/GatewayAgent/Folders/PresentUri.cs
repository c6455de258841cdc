using GatewayAgent.Configuration;
using Pki;

namespace GatewayAgent.Folders;

/// <summary>The ApplicationUri that a gateway goes by now, as its own certificate says it.</summary>
/// <param name="File">The certificate that was read.</param>
internal sealed record PresentUri(string Uri, string File)
{
    /// <summary>
    /// Of the certificates in the gateway's own folders the one that began last. Null where there is none, or none that can be told
    /// from those of others: a keystore is closed, and some products keep their own among the trusted ones.
    /// </summary>
    public static async Task<PresentUri?> FindAsync(ApplicationConfiguration application, CancellationToken cancellationToken)
    {
        List<(ApplicationCertificate Certificate, string File)> found = [];
        foreach (var place in application.Stores())
        {
            var layout = place.Layout.At(place.Path);
            var paths = new Ua.Security.Certificates.TrustFolderPaths(place.Path, layout);
            if (!paths.HasOwn || layout.OwnAmongTrusted || !Directory.Exists(paths.OwnCertificates)) continue;
            foreach (var file in Directory.EnumerateFiles(paths.OwnCertificates)) found.AddRange((await ReadAsync(file, cancellationToken)).Select(c => (c, file)));
        }

        return found.Where(f => f.Certificate is { ApplicationUri: not null, IsCertificateAuthority: false }).OrderBy(f => f.Certificate.NotBefore)
            .Select(f => new PresentUri(f.Certificate.ApplicationUri!, f.File)).LastOrDefault();
    }

    private static async Task<IReadOnlyList<ApplicationCertificate>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return PemFile.ReadCertificates(await System.IO.File.ReadAllBytesAsync(file, cancellationToken));
        }
        catch (PkiException)
        {
            return []; // a key, or a note of somebody: it says nothing of the ApplicationUri
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The gateway's own certificate '{file}' cannot be read: {e.Message}", e);
        }
    }
}

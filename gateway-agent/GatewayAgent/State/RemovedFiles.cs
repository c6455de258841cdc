using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.State;

/// <summary>The folder with the certificates that were removed from an application's trust folders. The name of a file says whence: store, place, SHA-256.</summary>
internal sealed class RemovedFiles(string folder)
{
    private const char Separator = '~';

    public async Task KeepAsync(string store, TrustFolderPlace place, ApplicationCertificate certificate, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(folder);
        var file = Path.Combine(folder, $"{SafeFileName.Clean(store)}{Separator}{place}{Separator}{certificate.Sha256}.der");
        if (!File.Exists(file)) await AtomicFile.WriteAsync(file, certificate.Der, FileProtection.OwnerOnly, cancellationToken);
    }

    public async Task<IReadOnlyList<RemovedCertificate>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return [];
        List<RemovedCertificate> all = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*.der").Where(f => !AtomicFile.IsTemporary(f)))
        {
            if (Path.GetFileNameWithoutExtension(file).Split(Separator) is not [var store, var place, _] || !Enum.TryParse<TrustFolderPlace>(place, out var where)) continue;
            try
            {
                all.Add(new RemovedCertificate(store, where, ApplicationCertificate.Parse(await File.ReadAllBytesAsync(file, cancellationToken)), file, File.GetLastWriteTimeUtc(file)));
            }
            catch (PkiException e)
            {
                throw new AgentProblem(ProblemKind.Refused, $"The file '{file}' in the agent's data folder is damaged: {e.Message} Move it away.", e);
            }
        }

        return all;
    }
}

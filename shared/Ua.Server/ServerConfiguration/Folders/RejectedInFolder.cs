using Pki;
using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>The rejected certificates of a trust folder, as GetRejectedList gives them.</summary>
public static class RejectedInFolder
{
    public static async ValueTask<IReadOnlyList<ApplicationCertificate>> ReadAsync(TrustFolder folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.Paths.Rejected is not { } rejected || !Directory.Exists(rejected)) return [];
        var entries = await folder.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. entries.Where(e => e.Place == TrustFolderPlace.Rejected).Select(e => e.Certificate).OfType<ApplicationCertificate>().Distinct()];
    }
}

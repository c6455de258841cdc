using Gds.Core.Writing;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Certificates;

/// <summary>Moves the LastUpdateTime of a trust list in the transaction that changes its content.</summary>
internal static class TrustListChange
{
    public static async Task MarkAsync(WriteScope scope, int groupId, CancellationToken cancellationToken)
    {
        var row = await scope.Db.CertificateGroups.SingleAsync(g => g.Id == groupId, cancellationToken);
        row.TrustListChanged(scope.Now);
        var group = scope.State.Groups[groupId] with
        {
            TrustListVersion = row.TrustListVersion,
            TrustListUpdatedAt = row.TrustListUpdatedAt,
            TrustListTimes = [.. row.TrustListTimes],
        };
        scope.State = scope.State.With(group);
        scope.Tell(new TrustListChanged(group.Name, group.TrustListUpdatedAt));
    }
}

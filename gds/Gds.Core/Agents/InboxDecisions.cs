using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Agents;

/// <summary>What the inbox learns of trust lists.</summary>
internal static class InboxDecisions
{
    /// <summary>A certificate has left the trust list of a group; if it had come there from the inbox, it is open again.</summary>
    public static async Task TakeBackAsync(WriteScope scope, string group, byte[] der, CancellationToken cancellationToken)
    {
        var sha256 = ApplicationCertificate.Parse(der).Sha256;
        if (scope.State.Inbox.Find(sha256) is not { State: InboxState.Trusted } entry || entry.TrustedIn != group) return;
        var row = await scope.Db.InboxCertificates.Include(c => c.Sightings).SingleAsync(c => c.Id == entry.Id, cancellationToken);
        row.Reopen();
        scope.State = scope.State with { Inbox = scope.State.Inbox.With(InboxEntry.Of(row)) };
    }
}

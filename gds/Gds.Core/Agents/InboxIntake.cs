using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Agents;

/// <summary>
/// Writes findings into the inbox, and keeps it bounded: what was seen longest ago goes first, of one application beyond its
/// own share, then of all. So an application that floods the inbox pushes out its own findings first, and of others no more than
/// its share.
/// </summary>
internal sealed class InboxIntake(GdsCoreOptions options)
{
    private static readonly TimeSpan s_again = TimeSpan.FromHours(1);

    /// <summary>What of a report has to be written: new ones, others seen again an hour later, drift only where it is none of ours.</summary>
    public static IReadOnlyList<ReadFinding> News(GdsState state, Guid applicationId, IReadOnlyList<ReadFinding> findings)
        => [.. findings.Where(f => IsNews(state, applicationId, f))];

    /// <summary>Gives the number of certificates that were not in the inbox before.</summary>
    public async Task<int> TakeAsync(WriteScope scope, Guid applicationId, IReadOnlyList<ReadFinding> findings, CancellationToken cancellationToken)
    {
        if (scope.State.Directory.Find(applicationId) is null) return 0; // unregistered meanwhile
        var names = findings.Select(f => f.Certificate.Sha256).Distinct().ToArray();
        // Of a certificate that ten thousand gateways refuse, each report reads its own sightings only.
        var rows = await scope.Db.InboxCertificates.Include(c => c.Sightings.Where(s => s.ApplicationId == applicationId))
            .Where(c => names.Contains(c.Sha256)).ToDictionaryAsync(c => c.Sha256, cancellationToken);
        var added = 0;
        foreach (var finding in findings)
        {
            if (!rows.TryGetValue(finding.Certificate.Sha256, out var row))
            {
                rows.Add(finding.Certificate.Sha256, row = New(finding.Certificate, finding.SeenAt, scope.Now));
                scope.Db.InboxCertificates.Add(row);
                added++;
            }

            See(scope, row, applicationId, finding);
        }

        foreach (var row in rows.Values) scope.State = scope.State with { Inbox = scope.State.Inbox.With(Joined(scope.State, InboxEntry.Of(row), applicationId)) };
        await scope.Db.SaveChangesAsync(cancellationToken);
        await LimitOfApplicationAsync(scope, applicationId, cancellationToken);
        await LimitOfAllAsync(scope, cancellationToken);
        return added;
    }

    private static bool IsNews(GdsState state, Guid applicationId, ReadFinding finding)
    {
        if (finding.Kind == FindingKind.Drift && FindingRules.IsKnown(state, applicationId, finding.Certificate)) return false;
        return state.Inbox.Find(finding.Certificate.Sha256)?.SeenAt(applicationId, finding.Kind) is not { } seen
            || seen.Policy != finding.Policy || finding.SeenAt - seen.LastSeenAt >= s_again;
    }

    private static InboxCertificate New(ApplicationCertificate c, DateTime seenAt, DateTime now) => new(
        Guid.CreateVersion7(now), c.Der, c.Thumbprint, c.Sha256, Short(c.Subject), Short(c.Issuer), c.ApplicationUri is { } uri ? Short(uri) : null,
        c.IsCertificateAuthority, c.NotBefore.UtcDateTime, c.NotAfter.UtcDateTime, seenAt);

    private static string Short(string text) => Audit.AuditText.Of(text);

    private static void See(WriteScope scope, InboxCertificate row, Guid applicationId, ReadFinding finding)
    {
        row.Seen(finding.SeenAt);
        if (row.State == InboxState.Trusted && finding.SeenAt > row.DecidedAt && !scope.State.Groups.Values.Any(g => FindingRules.IsListed(g, row.Thumbprint))) row.Reopen();
        var sighting = row.Sightings.Find(s => s.ApplicationId == applicationId && s.Kind == finding.Kind);
        if (sighting is null) row.Sightings.Add(sighting = new InboxSighting(applicationId, finding.Kind, finding.SeenAt));
        sighting.Seen(finding.Policy, finding.SeenAt);
    }

    /// <summary>The entry with the sightings of one application, and those of the others as they are known.</summary>
    private static InboxEntry Joined(GdsState state, InboxEntry entry, Guid applicationId) => state.Inbox.Find(entry.Sha256) is { } known
        ? entry with { Sightings = known.Sightings.RemoveAll(s => s.ApplicationId == applicationId).AddRange(entry.Sightings) }
        : entry;

    private async Task LimitOfApplicationAsync(WriteScope scope, Guid applicationId, CancellationToken cancellationToken)
    {
        var seen = scope.State.Inbox.All
            .Where(e => e.Sightings.Any(s => s.ApplicationId == applicationId))
            .OrderByDescending(e => e.Sightings.Where(s => s.ApplicationId == applicationId).Max(s => s.LastSeenAt))
            .ThenByDescending(e => e.FirstSeenAt)
            .Skip(options.InboxPerApplication).Select(e => e.Sha256).ToArray();
        if (seen.Length == 0) return;
        foreach (var row in await scope.Db.InboxCertificates.Include(c => c.Sightings).Where(c => seen.Contains(c.Sha256)).ToListAsync(cancellationToken))
        {
            row.Sightings.RemoveAll(s => s.ApplicationId == applicationId);
            if (row.Sightings.Count == 0) Remove(scope, row);
            else scope.State = scope.State with { Inbox = scope.State.Inbox.With(InboxEntry.Of(row)) };
        }
    }

    private async Task LimitOfAllAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var over = scope.State.Inbox.Count - options.InboxSize;
        if (over <= 0) return;
        var oldest = scope.State.Inbox.All.OrderBy(e => e.LastSeenAt).ThenBy(e => e.FirstSeenAt).Take(over).Select(e => e.Sha256).ToArray();
        foreach (var row in await scope.Db.InboxCertificates.Where(c => oldest.Contains(c.Sha256)).ToListAsync(cancellationToken)) Remove(scope, row);
    }

    private static void Remove(WriteScope scope, InboxCertificate row)
    {
        scope.Db.InboxCertificates.Remove(row);
        scope.State = scope.State with { Inbox = scope.State.Inbox.Without(row.Sha256) };
    }
}

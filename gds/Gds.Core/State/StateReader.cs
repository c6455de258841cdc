using System.Collections.Immutable;
using Gds.Core.Applications;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.State;

/// <summary>Reads the whole state from the database, once, at start.</summary>
internal static class StateReader
{
    public static async Task<GdsState> ReadAsync(GdsDbContext db, CancellationToken cancellationToken)
    {
        var applications = await db.Applications.AsNoTracking().ToListAsync(cancellationToken);
        var grants = await db.ApplicationAdminGrants.AsNoTracking().ToListAsync(cancellationToken);
        var counter = await db.Counters.AsNoTracking().SingleOrDefaultAsync(c => c.Name == Counter.RecordIds, cancellationToken);
        return new GdsState
        {
            Directory = DirectorySnapshot.Of(applications.Select(ApplicationRecord.Of)),
            Certificates = CertificateIndex.Of(await CertificatesAsync(db, cancellationToken), await ExpiredAsync(db, cancellationToken)),
            Grants = grants.Aggregate(AdminGrants.Empty, (all, g) => all.With(g.ClientId, g.ManagedId)),
            Groups = (await GroupsAsync(db, cancellationToken)).ToImmutableSortedDictionary(g => g.Id, g => g),
            Requests = await RequestsAsync(db, cancellationToken),
            Sync = SyncIndex.Of((await db.MemberReports.AsNoTracking().ToListAsync(cancellationToken)).Select(MemberEntry.Of)),
            Inbox = await InboxAsync(db, cancellationToken),
            LastRecordId = (uint)(counter?.Value ?? 0),
            CounterResetAt = counter?.ResetAt ?? DateTime.MinValue,
        };
    }

    private static Task<List<CertificateEntry>> CertificatesAsync(GdsDbContext db, CancellationToken cancellationToken)
        => EntriesAsync(db.IssuedCertificates.AsNoTracking().Where(c => c.State == CertificateState.Issued), cancellationToken);

    /// <summary>Expired certificates of registered applications that got no other one afterwards.</summary>
    private static Task<List<CertificateEntry>> ExpiredAsync(GdsDbContext db, CancellationToken cancellationToken)
        => EntriesAsync(
            db.IssuedCertificates.AsNoTracking().Where(c => c.State == CertificateState.Expired
                && db.Applications.Any(a => a.Id == c.ApplicationId)
                && !db.IssuedCertificates.Any(o => o.ApplicationId == c.ApplicationId && o.GroupId == c.GroupId && o.TypeId == c.TypeId
                    && (o.State == CertificateState.Issued || o.State == CertificateState.Expired) && o.IssuedAt > c.IssuedAt)),
            cancellationToken);

    private static async Task<List<CertificateEntry>> EntriesAsync(IQueryable<IssuedCertificate> certificates, CancellationToken cancellationToken)
    {
        var rows = await certificates
            .Select(c => new { c.Id, c.AuthorityId, c.ApplicationId, c.GroupId, c.TypeId, c.Thumbprint, c.NotBefore, c.NotAfter, c.IssuedAt, c.HostNames })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(c => new CertificateEntry(
            c.Id, c.AuthorityId, c.ApplicationId!.Value, c.GroupId!.Value, c.TypeId!.Value, c.Thumbprint!,
            c.NotBefore!.Value, c.NotAfter!.Value, c.IssuedAt!.Value, c.HostNames));
    }

    private static async Task<List<GroupState>> GroupsAsync(GdsDbContext db, CancellationToken cancellationToken)
    {
        var groups = await db.CertificateGroups.AsNoTracking().Include(g => g.Types).ToListAsync(cancellationToken);
        var members = await db.GroupMemberships.AsNoTracking().ToListAsync(cancellationToken);
        var extras = await db.TrustListEntries.AsNoTracking().OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var authorities = await AuthoritiesAsync(db, cancellationToken);
        return groups.ConvertAll(g => new GroupState
        {
            Id = g.Id,
            Name = g.Name,
            Purpose = g.Purpose,
            Types = [.. g.Types.OrderBy(t => t.Position).Select(t => t.TypeId)],
            Members = [.. members.Where(m => m.GroupId == g.Id).Select(m => m.ApplicationId)],
            Authorities = [.. authorities[g.Id]],
            Extras = [.. extras.Where(e => e.GroupId == g.Id).Select(ExtraEntry.Of)],
            TrustListVersion = g.TrustListVersion,
            TrustListUpdatedAt = g.TrustListUpdatedAt,
            TrustListTimes = [.. g.TrustListTimes],
        });
    }

    private static async Task<InboxIndex> InboxAsync(GdsDbContext db, CancellationToken cancellationToken)
        => InboxIndex.Of((await db.InboxCertificates.AsNoTracking().Include(c => c.Sightings).ToListAsync(cancellationToken)).Select(InboxEntry.Of));

    private static async Task<RequestIndex> RequestsAsync(GdsDbContext db, CancellationToken cancellationToken)
        => RequestIndex.Of(await db.IssueRequests.AsNoTracking()
            .Where(r => r.State == RequestState.New || r.State == RequestState.Approved || r.State == RequestState.Completed)
            .OrderBy(r => r.CreatedAt)
            .Select(r => new OpenRequest(r.Id, r.Kind, r.ApplicationId, r.GroupId, r.TypeId, r.State, r.CsrHash, r.CallerThumbprint, r.CreatedAt))
            .ToListAsync(cancellationToken));

    private static async Task<ILookup<int, AuthorityEntry>> AuthoritiesAsync(GdsDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.CertificateAuthorities.AsNoTracking()
            .Where(a => a.State != AuthorityState.Preparing)
            .OrderBy(a => a.CreatedAt)
            .ToListAsync(cancellationToken);
        var entries = new List<(int Group, AuthorityEntry Entry)>(rows.Count);
        foreach (var row in rows)
        {
            var crl = await db.Crls.AsNoTracking()
                .Where(c => c.AuthorityId == row.Id)
                .OrderByDescending(c => c.Number)
                .FirstOrDefaultAsync(cancellationToken);
            entries.Add((row.GroupId, new AuthorityEntry(
                row.Id, row.KeyReference, row.State, ApplicationCertificate.Parse(row.Certificate),
                crl is null ? null : CertificateRevocationList.Parse(crl.Der))));
        }
        return entries.ToLookup(e => e.Group, e => e.Entry);
    }
}

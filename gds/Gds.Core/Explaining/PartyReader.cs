using Gds.Core.Applications;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;
using Ua.Security.Certificates;

namespace Gds.Core.Explaining;

/// <summary>Finds what the GDS knows of an application: its groups, the certificate it uses, and what hinders it whoever it meets.</summary>
internal sealed class PartyReader(GdsDbContext db, GdsState state, SyncRegister sync)
{
    /// <param name="name">ApplicationUri or id.</param>
    /// <exception cref="GdsProblem">NotFound: it never was one.</exception>
    public async Task<Party> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var record = Guid.TryParse(name, out var id) ? state.Directory.Find(id) : state.Directory.Find(name);
        if (record is null) return await RemovedAsync(name, id, cancellationToken);
        var groups = state.Groups.Values.Where(g => g.Members.Contains(record.Id)).ToList();
        var members = sync.Of(record.Id);
        List<Reason> reasons = [];
        if (groups.Count == 0) reasons.Add(Reason.Blocks(Cause.NotInGroup, $"{record.ApplicationUri} is in no certificate group, so it has no trust list from this GDS."));
        var row = await InUseAsync(record, members, cancellationToken);
        var foreign = row is null ? Foreign(record) : null;
        reasons.AddRange(await MissingAsync(record, row, foreign, cancellationToken));
        reasons.AddRange(SyncReasons.Of(record.ApplicationUri, members));
        return new Party
        {
            Record = record,
            ApplicationUri = record.ApplicationUri,
            Groups = groups,
            Sync = members,
            Certificate = row is null ? foreign : ApplicationCertificate.Parse(row.Certificate!),
            Row = row is not null ? await ViewAsync(row, cancellationToken) : foreign is null ? null : View(foreign),
            Reasons = reasons,
        };
    }

    /// <summary>The certificate that was confirmed to be in use; else the newest in force that was collected; else the newest at all.</summary>
    private async Task<IssuedCertificate?> InUseAsync(ApplicationRecord record, IReadOnlyList<MemberSync> members, CancellationToken cancellationToken)
    {
        var rows = await db.IssuedCertificates.AsNoTracking()
            .Where(c => c.ApplicationId == record.Id && c.IssuedAt != null && c.State != CertificateState.Void)
            .OrderByDescending(c => c.IssuedAt)
            .ToListAsync(cancellationToken);
        var confirmed = members.Select(m => m.Confirmed?.CertificateThumbprint).OfType<string>().ToList();
        var uncollected = await db.IssueRequests.AsNoTracking()
            .Where(r => r.ApplicationId == record.Id && r.State == RequestState.Completed)
            .Select(r => r.CertificateId)
            .ToListAsync(cancellationToken);
        return rows.Find(r => confirmed.Contains(r.Thumbprint!))
            ?? rows.Find(r => r.State == CertificateState.Issued && !uncollected.Contains(r.Id))
            ?? rows.Find(r => r.State == CertificateState.Issued)
            ?? rows.FirstOrDefault();
    }

    /// <summary>A certificate of another authority, or one signed by itself, that an administrator put on a trust list for it.</summary>
    private ApplicationCertificate? Foreign(ApplicationRecord record) => state.Groups.Values
        .SelectMany(g => g.Extras)
        .Where(e => e.Part is TrustListPart.TrustedCertificate or TrustListPart.IssuerCertificate)
        .Select(e => ApplicationCertificate.Parse(e.Der))
        .FirstOrDefault(c => c.ApplicationUri == record.ApplicationUri && !c.IsCertificateAuthority);

    private async Task<IReadOnlyList<Reason>> MissingAsync(ApplicationRecord record, IssuedCertificate? row, ApplicationCertificate? foreign, CancellationToken cancellationToken)
    {
        var open = await db.IssueRequests.AsNoTracking()
            .Where(r => r.ApplicationId == record.Id && (r.State == RequestState.New || r.State == RequestState.Approved || r.State == RequestState.Completed))
            .OrderByDescending(r => r.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (open is { State: RequestState.Completed })
        {
            var text = $"The certificate of {record.ApplicationUri} that was made on {GroupLists.Date(open.CompletedAt!.Value)} (request {open.Id}) has not been collected.";
            return [row is null || row.Id == open.CertificateId ? Reason.Blocks(Cause.CertificateNotCollected, text) : Reason.Warns(Cause.CertificateNotCollected, text)];
        }

        if (row is not null || foreign is not null) return [];
        return [Reason.Blocks(Cause.CertificateNeverIssued, open is null
            ? $"No certificate was ever issued to {record.ApplicationUri}, and it has asked for none."
            : $"No certificate was ever issued to {record.ApplicationUri}; its request {open.Id} of {GroupLists.Date(open.CreatedAt)} is {open.State}.")];
    }

    private async Task<Party> RemovedAsync(string name, Guid id, CancellationToken cancellationToken)
    {
        var row = await db.IssuedCertificates.AsNoTracking()
            .Where(c => c.IssuedAt != null && (c.ApplicationUri == name || (id != Guid.Empty && c.ApplicationId == id)))
            .OrderByDescending(c => c.IssuedAt)
            .FirstOrDefaultAsync(cancellationToken) ?? throw GdsProblem.NotFound($"There is no application '{Audit.AuditText.Of(name)}', and no certificate was ever issued to one.");
        var view = await ViewAsync(row, cancellationToken);
        var revoked = row.RevokedAt is { } at ? $"; its certificate {row.Thumbprint} was revoked on {GroupLists.Date(at)} by {view.RevokedBy ?? "somebody"} ({row.RevocationCause})" : $"; its last certificate was {row.Thumbprint}";
        return new Party
        {
            ApplicationUri = row.ApplicationUri!,
            Certificate = ApplicationCertificate.Parse(row.Certificate!),
            Row = view,
            Reasons = [Reason.Blocks(Cause.ApplicationRemoved, $"{row.ApplicationUri} is not registered any more{revoked}.")],
        };
    }

    private async Task<ExplainedCertificate> ViewAsync(IssuedCertificate row, CancellationToken cancellationToken)
    {
        var request = await db.IssueRequests.AsNoTracking().Where(r => r.CertificateId == row.Id).FirstOrDefaultAsync(cancellationToken);
        var revoker = row.RevokedAt is null ? null : await db.AuditRows.AsNoTracking()
            .Where(a => a.Action == "certificate.revoke" && a.Target.StartsWith(row.SerialNumber))
            .OrderByDescending(a => a.Id)
            .Select(a => a.Who)
            .FirstOrDefaultAsync(cancellationToken);
        var by = request is null ? null : $"{request.RequestedBy}, approved by {request.DecidedBy ?? "rule"}{(request.Reason is { } why ? $" ({why})" : "")}";
        return new(row.Thumbprint!, row.SerialNumber, row.Subject!, row.State, by, row.IssuedAt, row.NotBefore!.Value, row.NotAfter!.Value, row.RevokedAt, revoker, row.RevocationCause);
    }

    private static ExplainedCertificate View(ApplicationCertificate foreign) => new(
        foreign.Thumbprint, foreign.SerialNumber, foreign.Subject, null, null, null, foreign.NotBefore.UtcDateTime, foreign.NotAfter.UtcDateTime, null, null, null);
}

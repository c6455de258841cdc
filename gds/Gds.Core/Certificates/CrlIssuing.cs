using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Certificates;

/// <summary>Signs a new CRL of an authority inside a unit of writing and puts it on the trust list.</summary>
internal sealed class CrlIssuing(IIssuer issuer, GdsCoreOptions options)
{
    /// <summary>A list begins a little before now, for peers whose clock is behind.</summary>
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    /// <summary>A revoked certificate stays on the list this long after its own end, for clocks that are behind.</summary>
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(30);

    /// <summary>Older lists are of no use to anyone.</summary>
    private const int KeptLists = 10;

    public async Task IssueAsync(WriteScope scope, Guid authorityId, CancellationToken cancellationToken)
    {
        await scope.Db.SaveChangesAsync(cancellationToken); // so that the query sees what this unit revoked
        var group = scope.State.Groups.Values.First(g => g.Authority(authorityId) is not null);
        var entry = group.Authority(authorityId)!;
        var row = await scope.Db.CertificateAuthorities.SingleAsync(a => a.Id == authorityId, cancellationToken);
        var revoked = await RevokedAsync(scope, authorityId, cancellationToken);
        var number = row.CrlNumber + 1;
        var now = new DateTimeOffset(scope.Now);
        var order = new CrlOrder(entry.KeyReference, entry.Certificate, number, revoked, now - Backdate, now + options.CrlLifetime);
        var crl = await issuer.IssueCrlAsync(order, cancellationToken);

        row.CrlIssued(number);
        scope.Db.Crls.Add(new Crl(authorityId, number, crl.Der, crl.ThisUpdate.UtcDateTime, crl.NextUpdate!.Value.UtcDateTime));
        scope.Db.Crls.RemoveRange(await scope.Db.Crls
            .Where(c => c.AuthorityId == authorityId && c.Number <= number - KeptLists)
            .ToListAsync(cancellationToken));
        scope.State = scope.State.With(group.WithAuthority(entry with { Crl = crl }));
        await TrustListChange.MarkAsync(scope, group.Id, cancellationToken);
    }

    private static async Task<List<RevokedCertificate>> RevokedAsync(WriteScope scope, Guid authorityId, CancellationToken cancellationToken)
    {
        var since = scope.Now - KeptAfterExpiry;
        var rows = await scope.Db.IssuedCertificates.AsNoTracking()
            .Where(c => c.AuthorityId == authorityId && c.State == CertificateState.Revoked && c.NotAfter > since)
            .OrderBy(c => c.RevokedAt)
            .Select(c => new { c.SerialNumber, c.RevokedAt, c.RevocationCause })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(r => new RevokedCertificate(
            r.SerialNumber, new DateTimeOffset(r.RevokedAt!.Value, TimeSpan.Zero), (RevocationReason)(int)r.RevocationCause!.Value));
    }
}

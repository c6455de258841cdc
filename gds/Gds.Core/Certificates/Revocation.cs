using System.Collections.Immutable;
using Gds.Core.Audit;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Certificates;

/// <summary>Revokes certificates of ours; the new CRL is part of the same transaction.</summary>
internal sealed class Revocation(CrlIssuing crls)
{
    /// <summary>Revokes all that an application holds and says how many that were.</summary>
    public async Task<int> RevokeAllAsync(WriteScope scope, Caller caller, Guid applicationId, CancellationToken cancellationToken)
    {
        var held = await scope.Db.IssuedCertificates
            .Where(c => c.ApplicationId == applicationId && c.State == CertificateState.Issued)
            .ToListAsync(cancellationToken);
        await RevokeAsync(scope, caller, held, RevocationCause.CessationOfOperation, cancellationToken);
        return held.Count;
    }

    public async Task RevokeAsync(
        WriteScope scope, Caller caller, IReadOnlyList<IssuedCertificate> certificates, RevocationCause cause, CancellationToken cancellationToken)
    {
        foreach (var certificate in certificates)
        {
            certificate.Revoke(cause, scope.Now);
            scope.State = scope.State with { Certificates = scope.State.Certificates.Without(certificate.Thumbprint!) };
            var deed = new Deed(caller, "certificate.revoke", $"{certificate.SerialNumber} {AuditText.Of(certificate.ApplicationUri)}");
            scope.Audit(deed, cause.ToString());
            scope.Tell(new CertificateRevoked(certificate.ApplicationId, certificate.Thumbprint!, certificate.SerialNumber));
        }
        await DropFromListsAsync(scope, [.. certificates.Select(c => c.Thumbprint!)], cancellationToken);
        foreach (var authority in certificates.Select(c => c.AuthorityId).Distinct())
            await crls.IssueAsync(scope, authority, cancellationToken);
    }

    // An administrator may have put the certificate itself on a list (Part 12, 7.9.6: it goes from all of them).
    private static async Task DropFromListsAsync(WriteScope scope, ImmutableHashSet<string> thumbprints, CancellationToken cancellationToken)
    {
        foreach (var group in scope.State.Groups.Values)
        {
            var gone = group.Extras.Where(e => thumbprints.Contains(e.Thumbprint)).ToList();
            if (gone.Count == 0) continue;
            var names = gone.ConvertAll(e => e.Thumbprint);
            scope.Db.TrustListEntries.RemoveRange(await scope.Db.TrustListEntries
                .Where(e => e.GroupId == group.Id && names.Contains(e.Thumbprint))
                .ToListAsync(cancellationToken));
            scope.State = scope.State.With(group with { Extras = group.Extras.RemoveRange(gone) });
            await TrustListChange.MarkAsync(scope, group.Id, cancellationToken);
        }
    }
}

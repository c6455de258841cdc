using Gds.Core.Certificates;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Starting;

/// <summary>Makes the CA of a group: recorded first, then the key, then the certificate with its first CRL in one transaction.</summary>
internal sealed class AuthorityBirth(IIssuer issuer, WriteGate gate, CrlIssuing crls)
{
    public async Task EnsureAsync(GroupState group, CancellationToken cancellationToken)
    {
        var (id, keyReference) = await gate.WriteAsync((scope, ct) => RecordAsync(scope, group, ct), cancellationToken);
        var certificate = await issuer.OpenOrCreateAuthorityAsync(keyReference, cancellationToken);
        await gate.WriteAsync(async (scope, ct) =>
        {
            var row = await scope.Db.CertificateAuthorities.SingleAsync(a => a.Id == id, ct);
            row.Activate(certificate.Der, certificate.Thumbprint, certificate.Subject, certificate.NotBefore.UtcDateTime, certificate.NotAfter.UtcDateTime);
            var entry = new AuthorityEntry(id, keyReference, AuthorityState.Active, certificate, null);
            scope.State = scope.State.With(scope.State.Groups[group.Id].WithAuthority(entry));
            scope.Audit(new Deed(Caller.Gds, "authority.create", $"{group.Name} {certificate.Subject}"), certificate.Sha256);
            await crls.IssueAsync(scope, id, ct);
        }, cancellationToken);
    }

    // A row that is still Preparing is what a start left that was cut off; its key reference may have a key already.
    private static async Task<(Guid, string)> RecordAsync(WriteScope scope, GroupState group, CancellationToken cancellationToken)
    {
        var row = await scope.Db.CertificateAuthorities.SingleOrDefaultAsync(a => a.GroupId == group.Id && a.State == AuthorityState.Preparing, cancellationToken);
        if (row is null)
        {
            row = new CertificateAuthorityRecord(Guid.CreateVersion7(scope.Now), group.Id, group.Name, scope.Now);
            scope.Db.CertificateAuthorities.Add(row);
        }
        return (row.Id, row.KeyReference);
    }
}

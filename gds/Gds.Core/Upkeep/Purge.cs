using Gds.Core.Audit;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Upkeep;

/// <summary>Removes what is over, a few hundred rows at a time so that nobody waits for it.</summary>
internal sealed class Purge(WriteGate gate, GdsCoreOptions options)
{
    private const int Step = 500;

    public async Task<PurgeReport> RunAsync(CancellationToken cancellationToken) => new(
        Requests: await RepeatAsync(RequestsAsync, cancellationToken),
        Tokens: await RepeatAsync(TokensAsync, cancellationToken),
        Certificates: await RepeatAsync(CertificatesAsync, cancellationToken) + await RepeatAsync(VoidSerialsAsync, cancellationToken),
        AuditRows: options.AuditRetentionDays == 0 ? 0 : await RepeatAsync(AuditRowsAsync, cancellationToken));

    private async Task<int> RepeatAsync(Func<WriteScope, CancellationToken, Task<int>> step, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var done = await gate.WriteAsync(step, cancellationToken);
            total += done;
            if (done < Step) return total;
        }
    }

    private async Task<int> RequestsAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var before = scope.Now.AddDays(-options.RequestRetentionDays);
        var old = await scope.Db.IssueRequests
            .Where(r => r.CreatedAt < before && (r.DecidedAt == null || r.DecidedAt < before) && r.State != RequestState.Approved)
            .OrderBy(r => r.CreatedAt).Take(Step).ToListAsync(cancellationToken);
        foreach (var request in old.Where(r => r.IsOpen))
            scope.Audit(new Deed(Caller.Gds, "request.expire", AuditText.Of(request.Id)), request.State == RequestState.New ? "never decided" : "never collected");
        scope.Db.IssueRequests.RemoveRange(old);
        scope.State = scope.State with { Requests = old.Aggregate(scope.State.Requests, (requests, r) => requests.Without(r.Id)) };
        return old.Count;
    }

    private async Task<int> TokensAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var before = scope.Now.AddDays(-options.TokenRetentionDays);
        var old = await scope.Db.EnrolmentTokens.Where(t => t.ExpiresAt < before).OrderBy(t => t.ExpiresAt).Take(Step).ToListAsync(cancellationToken);
        foreach (var token in old) scope.Audit(new Deed(Caller.Gds, "token.expire", AuditText.Of(token.Id)));
        scope.Db.EnrolmentTokens.RemoveRange(old);
        return old.Count;
    }

    private static async Task<int> CertificatesAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var old = await scope.Db.IssuedCertificates
            .Where(c => c.State == CertificateState.Issued && c.NotAfter < scope.Now)
            .OrderBy(c => c.NotAfter).Take(Step).ToListAsync(cancellationToken);
        foreach (var certificate in old)
        {
            certificate.Expire();
            scope.State = scope.State with { Certificates = scope.State.Certificates.Expired(certificate.Thumbprint!) };
            scope.Audit(new Deed(Caller.Gds, "certificate.expire", $"{certificate.SerialNumber} {AuditText.Of(certificate.ApplicationUri)}"));
        }
        return old.Count;
    }

    // Kept for as long as anything signed under them could have been valid.
    private async Task<int> VoidSerialsAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var before = scope.Now.AddDays(-2 * options.CertificateLifetimeDays);
        var old = await scope.Db.IssuedCertificates
            .Where(c => c.State == CertificateState.Void && c.ReservedAt < before)
            .OrderBy(c => c.ReservedAt).Take(Step).ToListAsync(cancellationToken);
        scope.Db.IssuedCertificates.RemoveRange(old);
        return old.Count;
    }

    private async Task<int> AuditRowsAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var before = scope.Now.AddDays(-options.AuditRetentionDays);
        var old = await scope.Db.AuditRows.Where(r => r.Time < before).OrderBy(r => r.Id).Take(Step).ToListAsync(cancellationToken);
        scope.Db.AuditRows.RemoveRange(old);
        return old.Count;
    }
}

using System.Security.Cryptography;
using Gds.Core.Audit;
using Gds.Core.Certificates;
using Gds.Core.Protection;
using Gds.Core.Requests;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Push;

/// <summary>A certificate that was issued for a push and has not been seen at its target yet.</summary>
/// <param name="RequestId">Its request.</param>
/// <param name="State">New and Approved have no certificate yet.</param>
/// <param name="Certificate">Null before it was issued, and where it was revoked meanwhile.</param>
/// <param name="Issuers">DER, the immediate one first.</param>
/// <param name="KeyFormat">Null where the target has the key.</param>
internal sealed record PushedRequest(Guid RequestId, RequestState State, ApplicationCertificate? Certificate, IReadOnlyList<byte[]> Issuers, string? KeyFormat);

/// <summary>
/// The requests that pushes make. One stays open until its certificate was seen at the target, so that nothing that was
/// issued is lost by a crash; what turned out not to be used is revoked.
/// </summary>
internal sealed class PushedRequests(IDbContextFactory<GdsDbContext> factory, WriteGate gate, RequestDelivery delivery, Revocation revocation, IDataProtection protection)
{
    /// <summary>Marks the requests in the rows and in the audit log.</summary>
    public static Caller Caller { get; } = Caller.Gds with { Origin = "push" };

    /// <summary>No user and no application can make a request that bears both.</summary>
    public static bool IsOurs(IssueRequest request) => request.RequestedBy == Caller.Who && request.RequestedFrom == Caller.Origin;

    /// <summary>Open requests of a place, newest first.</summary>
    public async Task<IReadOnlyList<PushedRequest>> OpenAsync(Guid applicationId, int groupId, uint typeId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await Open(db, applicationId).Where(r => r.GroupId == groupId && r.TypeId == typeId)
            .OrderByDescending(r => r.CreatedAt).AsNoTracking().ToListAsync(cancellationToken);
        var open = new List<PushedRequest>(rows.Count);
        foreach (var row in rows) open.Add(await ViewAsync(db, row, cancellationToken));
        return open;
    }

    public async Task<PushedRequest> GetAsync(Guid requestId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await ViewAsync(db, await db.IssueRequests.AsNoTracking().SingleAsync(r => r.Id == requestId, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// The certificate that was taken from the application and that nothing has replaced; null where its newest one is in force, has
    /// expired, or was only superseded.
    /// </summary>
    public async Task<IssuedCertificate?> WithdrawnAsync(Guid applicationId, int groupId, uint typeId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var newest = await db.IssuedCertificates.AsNoTracking()
            .Where(c => c.ApplicationId == applicationId && c.GroupId == groupId && c.TypeId == typeId && c.IssuedAt != null && c.RevocationCause != RevocationCause.Superseded)
            .OrderByDescending(c => c.IssuedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return newest is { State: CertificateState.Revoked } ? newest : null;
    }

    /// <summary>The key that the GDS made, in the format of the request; it stays until the certificate was seen at the target.</summary>
    public async Task<byte[]> KeyAsync(Guid requestId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.IssueRequests.AsNoTracking().SingleAsync(r => r.Id == requestId, cancellationToken);
        if (row.ProtectedPrivateKey is not { } sealedKey) throw new GdsProblem(ProblemKind.InvalidState, $"Request {requestId} has no key any more.");
        try
        {
            return await protection.UnprotectAsync(Issuing.PrivateKeyPurpose(requestId), sealedKey, cancellationToken);
        }
        catch (CryptographicException e)
        {
            throw new GdsProblem(ProblemKind.InvalidState, $"The private key of request {requestId} was sealed under another data protection key and cannot be opened.", e);
        }
    }

    /// <summary>The certificate was seen at its target; the key that the GDS made is gone from here.</summary>
    public async Task ConfirmAsync(Guid applicationId, Guid requestId, CancellationToken cancellationToken)
        => await delivery.FinishAsync(Caller, applicationId, requestId, cancellationToken);

    /// <summary>The certificate is not used by its target and is not going to be.</summary>
    public Task DiscardAsync(Guid requestId, CancellationToken cancellationToken) => gate.WriteAsync(async (scope, ct) =>
    {
        if (await scope.Db.IssueRequests.SingleOrDefaultAsync(r => r.Id == requestId, ct) is { } request) await DiscardAsync(scope, request, ct);
    }, cancellationToken);

    /// <summary>The same for all open requests of an application.</summary>
    public async Task DiscardAllAsync(WriteScope scope, Guid applicationId, CancellationToken cancellationToken)
    {
        foreach (var request in await Open(scope.Db, applicationId).ToListAsync(cancellationToken)) await DiscardAsync(scope, request, cancellationToken);
    }

    private async Task DiscardAsync(WriteScope scope, IssueRequest request, CancellationToken cancellationToken)
    {
        const string reason = "not used by the push target";
        switch (request.State)
        {
            case RequestState.New:
                request.Reject(Caller.Who, reason, scope.Now);
                break;
            case RequestState.Approved:
                request.Fail(Caller.Who, reason, scope.Now);
                break;
            case RequestState.Completed:
                request.Accept(scope.Now);
                var certificate = await scope.Db.IssuedCertificates.SingleAsync(c => c.Id == request.CertificateId, cancellationToken);
                if (certificate.State == CertificateState.Issued) await revocation.RevokeAsync(scope, Caller, [certificate], RevocationCause.Superseded, cancellationToken);
                break;
            default:
                return;
        }
        scope.Moved(request);
        scope.Audit(new Deed(Caller, "push.discard", AuditText.Of(request.Id)), reason);
    }

    private static IQueryable<IssueRequest> Open(GdsDbContext db, Guid applicationId) => db.IssueRequests.Where(r =>
        r.ApplicationId == applicationId && r.RequestedBy == Caller.Who && r.RequestedFrom == Caller.Origin
        && (r.State == RequestState.New || r.State == RequestState.Approved || r.State == RequestState.Completed));

    private static async Task<PushedRequest> ViewAsync(GdsDbContext db, IssueRequest row, CancellationToken cancellationToken)
    {
        var format = row.Kind == RequestKind.NewKeyPair ? row.PrivateKeyFormat : null;
        if (row.State != RequestState.Completed) return new(row.Id, row.State, null, [], format);
        var issued = await db.IssuedCertificates.AsNoTracking().SingleAsync(c => c.Id == row.CertificateId, cancellationToken);
        if (issued.State != CertificateState.Issued) return new(row.Id, row.State, null, [], format);
        var issuer = await db.CertificateAuthorities.AsNoTracking().SingleAsync(a => a.Id == issued.AuthorityId, cancellationToken);
        return new(row.Id, row.State, ApplicationCertificate.Parse(issued.Certificate), [issuer.Certificate], format);
    }
}

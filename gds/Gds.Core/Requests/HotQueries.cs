using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Requests;

/// <summary>The query of every signing round trip, compiled once.</summary>
internal static class HotQueries
{
    /// <summary>A request with what it brought.</summary>
    public sealed record Delivery(IssueRequest Request, CertificateState State, string SerialNumber, string? Thumbprint, byte[]? Certificate, Guid AuthorityId);

    public static readonly Func<GdsDbContext, Guid, CancellationToken, Task<Delivery?>> DeliveryOf = EF.CompileAsyncQuery(
        (GdsDbContext db, Guid requestId, CancellationToken ct) => db.IssueRequests
            .Where(r => r.Id == requestId)
            .Join(db.IssuedCertificates, r => r.CertificateId, c => (Guid?)c.Id, (r, c) => new Delivery(r, c.State, c.SerialNumber, c.Thumbprint, c.Certificate, c.AuthorityId))
            .SingleOrDefault());
}

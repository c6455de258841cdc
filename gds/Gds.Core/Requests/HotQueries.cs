using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Requests;

/// <summary>The queries of every signing round trip, compiled once.</summary>
internal static class HotQueries
{
    /// <summary>What decides whether a new request may join those that are open.</summary>
    public sealed record OpenRequest(Guid Id, string? CsrHash, int GroupId, uint TypeId, string? CallerThumbprint);

    public static readonly Func<GdsDbContext, Guid, IAsyncEnumerable<OpenRequest>> OpenRequests = EF.CompileAsyncQuery(
        (GdsDbContext db, Guid applicationId) => db.IssueRequests.AsNoTracking()
            .Where(r => r.ApplicationId == applicationId
                && (r.State == RequestState.New || r.State == RequestState.Approved || r.State == RequestState.Completed))
            .Select(r => new OpenRequest(r.Id, r.CsrHash, r.GroupId, r.TypeId, r.CallerThumbprint)));

    public static readonly Func<GdsDbContext, Guid, CancellationToken, Task<IssuedCertificate?>> Certificate = EF.CompileAsyncQuery(
        (GdsDbContext db, Guid id, CancellationToken ct) => db.IssuedCertificates.SingleOrDefault(c => c.Id == id));

    public static readonly Func<GdsDbContext, Guid, Guid, CancellationToken, Task<IssueRequest?>> Request = EF.CompileAsyncQuery(
        (GdsDbContext db, Guid applicationId, Guid id, CancellationToken ct) =>
            db.IssueRequests.SingleOrDefault(r => r.Id == id && r.ApplicationId == applicationId));

    public static readonly Func<GdsDbContext, Guid, Guid, CancellationToken, Task<IssueRequest?>> RequestToRead = EF.CompileAsyncQuery(
        (GdsDbContext db, Guid applicationId, Guid id, CancellationToken ct) =>
            db.IssueRequests.AsNoTracking().SingleOrDefault(r => r.Id == id && r.ApplicationId == applicationId));
}

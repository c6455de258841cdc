using Gds.Core.Audit;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/audit: the audit log, newest first.</summary>
internal static class AuditRoutes
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.Get("/audit", static json => json.IReadOnlyListAuditJson, async call =>
        {
            var query = new AuditQuery
            {
                Since = call.QueryTime("since"),
                Until = call.QueryTime("until"),
                Who = call.Query("who"),
                Action = call.Query("action"),
                Target = call.Query("target"),
                Refused = call.QueryFlag("refused"),
                BeforeId = call.QueryNumber("before") is > 0 and var before ? before : null,
                Max = call.Max(),
            };
            return [.. (await call.Service<AuditLog>().QueryAsync(call.Caller, query, call.Cancellation)).Select(AuditJson.Of)];
        });
}

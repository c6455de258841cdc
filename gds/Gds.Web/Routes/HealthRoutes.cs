using Gds.Core.Agents;
using Gds.Core.Applications;
using Gds.Core.Sync;
using Gds.Core.Upkeep;
using Gds.Web.Hosting;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/health: how the GDS is, with all that needs a person.</summary>
internal static class HealthRoutes
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.Get("/health", static json => json.HealthJson, call =>
    {
        var status = call.Service<IGdsStatus>();
        var upkeep = call.Service<UpkeepWork>();
        var sync = SyncJson.Of(call.Service<SyncRegister>().Summary(call.Caller));
        List<string> warnings = [.. status.Warnings(), .. upkeep.Faults(), .. Overdue(sync)];
        return Task.FromResult(new HealthJson(
            warnings.Count == 0 ? "ok" : "degraded",
            typeof(HealthRoutes).Assembly.GetName().Version?.ToString(3) ?? "",
            status.EndpointUrl,
            status.IsListening,
            status.CertificateSha256,
            call.Service<ApplicationDirectory>().List().Count(),
            sync,
            call.Service<RejectedInbox>().OpenCount,
            [.. upkeep.ExpiryReport(s_soon).Take(100).Select(e => new ExpiringJson(e.Name, e.Thumbprint, e.NotAfter, e.IsAuthority))],
            warnings));
    });

    private static IEnumerable<string> Overdue(SyncJson sync)
    {
        if (sync.Overdue > 0) yield return $"{sync.Overdue} of {sync.Members} applications have been out of sync for too long.";
    }
}

using Gds.Core.Applications;
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
        List<string> warnings = [.. status.Warnings(), .. upkeep.Faults()];
        return Task.FromResult(new HealthJson(
            warnings.Count == 0 ? "ok" : "degraded",
            typeof(HealthRoutes).Assembly.GetName().Version?.ToString(3) ?? "",
            status.EndpointUrl,
            status.IsListening,
            status.CertificateSha256,
            call.Service<ApplicationDirectory>().List().Count(),
            [.. upkeep.ExpiryReport(s_soon).Take(100).Select(e => new ExpiringJson(e.Name, e.Thumbprint, e.NotAfter, e.IsAuthority))],
            warnings));
    });
}

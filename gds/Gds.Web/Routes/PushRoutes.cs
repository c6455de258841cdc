using Gds.Core;
using Gds.Core.Push;
using Gds.Web.Hosting;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/push: targets and runs of push management.</summary>
internal static class PushRoutes
{
    public static void MapPush(this IEndpointRouteBuilder routes)
    {
        routes.Get("/push/targets", static json => json.IReadOnlyListPushTargetJson, async call =>
            [.. (await call.Service<PushTargets>().ListAsync(call.Caller, call.Cancellation)).Select(PushTargetJson.Of)]);
        routes.Get("/push/targets/{application}", static json => json.PushTargetJson, async call =>
            PushTargetJson.Of(await call.Service<PushTargets>().GetAsync(call.Caller, call.RouteId("application"), call.Cancellation)));
        routes.Put("/push/targets/{application}", static json => json.PushTargetOrderJson, (call, body) =>
            call.Service<PushTargets>().SetAsync(call.Caller, call.RouteId("application"), body.ToOrder(), call.Cancellation));
        routes.Delete("/push/targets/{application}", call =>
            call.Service<PushTargets>().RemoveAsync(call.Caller, call.RouteId("application"), call.Cancellation));
        routes.Get("/push/runs", static json => json.IReadOnlyListPushRunJson, async call =>
            [.. (await call.Service<PushRuns>().ListAsync(call.Caller, call.QueryId("application"), call.Max(), call.Cancellation)).Select(PushRunJson.Of)]);
        routes.Get("/push/runs/{id}", static json => json.PushRunJson, async call =>
            PushRunJson.Of(await call.Service<PushRuns>().GetAsync(call.Caller, call.RouteId("id"), call.Cancellation)));
        routes.Post("/push/runs", static json => json.PushOrderJson, static json => json.PushRunJson, RunAsync);
    }

    private static async Task<PushRunJson> RunAsync(ApiCall call, PushOrderJson order)
    {
        if (!call.Service<IGdsStatus>().IsListening)
            throw new GdsProblem(ProblemKind.Unavailable, "The GDS is not running; a push is made by the GDS that runs.");
        var id = await call.Service<PushRuns>().RequestAsync(call.Caller, order.ApplicationId, order.Renew, call.Cancellation);
        return PushRunJson.Of(await call.Service<PushRuns>().GetAsync(call.Caller, id, call.Cancellation));
    }
}

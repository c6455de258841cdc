using Gds.Core.Requests;
using Gds.Store;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/requests: certificate requests and what is decided about them.</summary>
internal static class RequestRoutes
{
    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        routes.Get("/requests", static json => json.IReadOnlyListRequestJson, async call =>
            [.. (await Decisions(call).ListAsync(call.Caller, call.QueryName<RequestState>("state"), call.Max(), call.Cancellation)).Select(RequestJson.Of)]);
        routes.Get("/requests/{id}", static json => json.RequestJson, async call =>
            RequestJson.Of(await Decisions(call).GetAsync(call.Caller, call.RouteId("id"), call.Cancellation)));
        routes.Post("/requests/{id}/approve", static json => json.RequestJson, async call =>
            RequestJson.Of(await Decisions(call).ApproveAsync(call.Caller, call.RouteId("id"), call.Cancellation)));
        routes.Post("/requests/{id}/reject", static json => json.RejectionJson, static json => json.RequestJson, async (call, body) =>
            RequestJson.Of(await Decisions(call).RejectAsync(call.Caller, call.RouteId("id"), body.Reason, call.Cancellation)));
    }

    private static RequestDecisions Decisions(ApiCall call) => call.Service<RequestDecisions>();
}

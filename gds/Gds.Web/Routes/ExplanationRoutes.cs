using Gds.Core.Explaining;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/explanations: whether two applications accept each other.</summary>
internal static class ExplanationRoutes
{
    public static void MapExplanations(this IEndpointRouteBuilder routes) =>
        routes.Get("/explanations", static json => json.Explanation, call => call.Service<PeerExplanations>().ExplainAsync(
            call.Caller, Needed(call, "application"), Needed(call, "peer"), call.Cancellation));

    private static string Needed(ApiCall call, string name) =>
        call.Query(name) is { Length: > 0 } text ? text : throw ApiCall.Invalid($"{name} is missing: an ApplicationUri or an id is needed.");
}

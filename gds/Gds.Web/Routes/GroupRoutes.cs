using Gds.Core.Groups;
using Gds.Core.TrustLists;
using Gds.Core.Upkeep;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/groups: certificate groups with their CAs and CRLs.</summary>
internal static class GroupRoutes
{
    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        routes.Get("/groups", static json => json.IReadOnlyListGroupJson, call =>
            Task.FromResult<IReadOnlyList<GroupJson>>([.. call.Service<CertificateGroups>().List().Select(GroupJson.Of)]));
        routes.Get("/groups/{name}", static json => json.GroupJson, call => Task.FromResult(Show(call)));
        routes.Post("/groups/{name}/crl", static json => json.GroupJson, async call =>
        {
            await call.Service<UpkeepWork>().ReissueCrlsAsync(call.Caller, call.Route("name"), call.Cancellation);
            return Show(call);
        });
        routes.Get("/groups/{name}/trust-list", static json => json.IReadOnlyListTrustListItemJson, call => Task.FromResult(List(call)));
        routes.Post("/groups/{name}/trust-list", static json => json.TrustListOrderJson, static json => json.IReadOnlyListTrustListItemJson, async (call, body) =>
        {
            await Lists(call).AddAsync(call.Caller, call.Route("name"), body.Certificate, trusted: !body.AsIssuer, body.Crls ?? [], call.Cancellation);
            return List(call);
        });
        routes.Delete("/groups/{name}/trust-list/{thumbprint}", call => Lists(call).RemoveAsync(
            call.Caller, call.Route("name"), call.Route("thumbprint").Replace(":", "", StringComparison.Ordinal), trusted: call.QueryFlag("issuer") != true, call.Cancellation));
    }

    private static GroupTrustLists Lists(ApiCall call) => call.Service<GroupTrustLists>();

    private static IReadOnlyList<TrustListItemJson> List(ApiCall call) => [.. Lists(call).List(call.Caller, call.Route("name")).Select(TrustListItemJson.Of)];

    private static GroupJson Show(ApiCall call) => GroupJson.Of(call.Service<CertificateGroups>().Get(call.Route("name")));
}

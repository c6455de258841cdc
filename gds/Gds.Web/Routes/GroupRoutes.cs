using Gds.Core.Groups;
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
    }

    private static GroupJson Show(ApiCall call) => GroupJson.Of(call.Service<CertificateGroups>().Get(call.Route("name")));
}

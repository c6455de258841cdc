using Gds.Core.Sync;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/sync: how the members of the groups stand.</summary>
internal static class SyncRoutes
{
    public static void MapSync(this IEndpointRouteBuilder routes)
    {
        routes.Get("/sync", static json => json.SyncJson, call => Task.FromResult(SyncJson.Of(call.Service<SyncRegister>().Summary(call.Caller))));
        routes.Get("/sync/members", static json => json.IReadOnlyListMemberJson, call =>
        {
            var matches = Filter(call);
            return Task.FromResult<IReadOnlyList<MemberJson>>([.. call.Service<SyncRegister>().List(call.Caller).Where(matches).Take(call.Max()).Select(MemberJson.Of)]);
        });
        routes.Get("/applications/{id}/sync", static json => json.IReadOnlyListMemberJson, call =>
            Task.FromResult<IReadOnlyList<MemberJson>>([.. call.Service<SyncRegister>().Of(call.Caller, call.RouteId("id")).Select(MemberJson.Of)]));
    }

    private static Func<MemberSync, bool> Filter(ApiCall call)
    {
        var state = call.QueryName<SyncState>("state");
        var overdue = call.QueryFlag("overdue");
        return m => (state is null || m.State == state) && (overdue is null || m.Overdue == overdue);
    }
}

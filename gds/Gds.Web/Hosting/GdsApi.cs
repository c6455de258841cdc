using Gds.Web.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Hosting;

/// <summary>The HTTP API of the GDS, one file of routes for each noun.</summary>
public static class GdsApi
{
    public const string Root = "/api/v1";

    public static void MapGdsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root);
        api.MapApplications();
        api.MapRequests();
        api.MapCertificates();
        api.MapGroups();
        api.MapTokens();
        api.MapUsers();
        api.MapAudit();
        api.MapPush();
        api.MapExplanations();
        api.MapSync();
        api.MapInbox();
        api.MapHealth();
    }
}

using Gds.Core.Applications;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/applications: the directory.</summary>
internal static class ApplicationRoutes
{
    private const int LargestPage = 1_000;

    public static void MapApplications(this IEndpointRouteBuilder routes)
    {
        routes.Get("/applications", static json => json.ApplicationPageJson, ListAsync);
        routes.Get("/applications/{id}", static json => json.ApplicationJson, call =>
            Task.FromResult(Json(call, call.Service<ApplicationDirectory>().Get(call.RouteId("id")))));
        routes.Post("/applications", static json => json.RegistrationJson, static json => json.ApplicationJson, async (call, body) =>
        {
            var directory = call.Service<ApplicationDirectory>();
            var id = await directory.RegisterAsync(call.Caller, body.ToRegistration(), call.Cancellation);
            return Json(call, directory.Get(id));
        });
        routes.Put("/applications/{id}", static json => json.RegistrationJson, (call, body) =>
            call.Service<ApplicationDirectory>().UpdateAsync(call.Caller, call.RouteId("id"), body.ToRegistration(), call.Cancellation));
        routes.Delete("/applications/{id}", call =>
            call.Service<ApplicationDirectory>().UnregisterAsync(call.Caller, call.RouteId("id"), call.Cancellation));
        routes.Post("/applications/{id}/administers/{managed}", static json => json.ApplicationJson, call => SetAdminAsync(call, granted: true));
        routes.Delete("/applications/{id}/administers/{managed}", call => SetAdminAsync(call, granted: false));
    }

    private static async Task<ApplicationJson> SetAdminAsync(ApiCall call, bool granted)
    {
        var directory = call.Service<ApplicationDirectory>();
        await directory.SetAdminAsync(call.Caller, call.RouteId("id"), call.RouteId("managed"), granted, call.Cancellation);
        return Json(call, directory.Get(call.RouteId("id")));
    }

    private static Task<ApplicationPageJson> ListAsync(ApiCall call)
    {
        var directory = call.Service<ApplicationDirectory>();
        if (call.Query("uri") is { } uri)
            return Task.FromResult(new ApplicationPageJson(directory.Find(uri) is { } found ? [Json(call, found)] : [], null));
        var after = call.QueryNumber("after");
        var max = Math.Min(call.Max(), LargestPage);
        var records = directory.List().Where(r => r.RecordId > after).Take(max + 1).ToList();
        uint? next = records.Count > max ? records[max - 1].RecordId : null;
        return Task.FromResult(new ApplicationPageJson([.. records.Take(max).Select(r => Json(call, r))], next));
    }

    private static ApplicationJson Json(ApiCall call, ApplicationRecord record) =>
        ApplicationJson.Of(record, call.Service<ApplicationDirectory>().ManagedBy(record.Id));
}

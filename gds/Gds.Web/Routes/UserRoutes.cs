using Gds.Core.Users;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/users: who may sign in, and with which roles.</summary>
internal static class UserRoutes
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.Get("/users", static json => json.IReadOnlyListUserJson, async call =>
            [.. (await Users(call).ListAsync(call.Caller, call.Cancellation)).Select(UserJson.Of)]);
        routes.Post("/users", static json => json.NewUserJson, (call, body) =>
            Users(call).AddAsync(call.Caller, body.Name, body.Password, RoleNames.Parse(body.Roles ?? []), call.Cancellation));
        routes.Put("/users/{name}", static json => json.UserChangeJson, ChangeAsync);
        routes.Put("/users/{name}/password", static json => json.PasswordJson, (call, body) =>
            Users(call).SetPasswordAsync(call.Caller, call.Route("name"), body.Password, call.Cancellation));
        routes.Delete("/users/{name}", call => Users(call).RemoveAsync(call.Caller, call.Route("name"), call.Cancellation));
    }

    private static async Task ChangeAsync(ApiCall call, UserChangeJson body)
    {
        if (body.Roles is { } roles) await Users(call).SetRolesAsync(call.Caller, call.Route("name"), RoleNames.Parse(roles), call.Cancellation);
        if (body.Disabled is { } disabled) await Users(call).SetDisabledAsync(call.Caller, call.Route("name"), disabled, call.Cancellation);
    }

    private static UserAccounts Users(ApiCall call) => call.Service<UserAccounts>();
}

using Gds.Core;
using Microsoft.AspNetCore.Http;

namespace Gds.Web.Routes;

/// <summary>
/// Who calls. Only the owner of the data folder can open the local socket, so whoever comes by it is the administrator of this
/// machine. A TCP port will put its own caller, from a token, at this one place.
/// </summary>
internal static class LocalCaller
{
    private static readonly Caller s_local = new()
    {
        Who = $"local:{Environment.UserName}",
        Origin = "local",
        Roles = GdsRoles.All,
        Channel = ChannelMode.SignAndEncrypt,
    };

    /// <exception cref="GdsProblem">AccessDenied for a request that came over a network.</exception>
    public static Caller Of(HttpContext http) => http.Connection.RemoteIpAddress is null
        ? s_local
        : throw new GdsProblem(ProblemKind.AccessDenied, "This API is served to the local machine only.");
}

namespace Ua.Server.Identity;

/// <summary>A user was refused. The reason is for log and audit only; the session service turns this into Bad_UserAccessDenied.</summary>
internal sealed class RefusedUserException(string userName, string reason) : Exception(reason)
{
    public string UserName { get; } = userName;
}

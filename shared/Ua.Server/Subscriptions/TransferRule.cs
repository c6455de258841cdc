using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.Sessions;

namespace Ua.Server.Subscriptions;

/// <summary>Who may take over a subscription (Part 4, 5.14.7.1).</summary>
internal static class TransferRule
{
    /// <summary>
    /// The same user, or where nobody has a name the same application on a signed channel. What is queued was read under the rights
    /// and the protection of the old session, so that the new one needs at least these.
    /// </summary>
    public static bool Allows(SessionContext from, SessionContext to) =>
        IsSameClient(from, to) && to.SecurityMode >= from.SecurityMode && from.Roles.IsSubsetOf(to.Roles);

    private static bool IsSameClient(SessionContext from, SessionContext to)
    {
        if (from.User.Kind != to.User.Kind) return false;
        if (from.User.Kind != UserIdentityKind.Anonymous) return from.User.Name == to.User.Name;
        return from.SecurityMode >= MessageSecurityMode.Sign
            && to.SecurityMode >= MessageSecurityMode.Sign
            && from.ClientDescription?.ApplicationUri is { Length: > 0 } uri
            && uri == to.ClientDescription?.ApplicationUri;
    }
}

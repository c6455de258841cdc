using Ua.Core;

namespace Ua.Client;

/// <summary>
/// Compares the endpoints that CreateSession returned over the secured channel with those discovered before without
/// security, so that nobody on the way can have removed the stronger ones (Part 4, 5.7.2).
/// </summary>
internal static class EndpointComparison
{
    /// <exception cref="UaException">Bad_SecurityChecksFailed where they differ.</exception>
    public static void ExpectSame(IEnumerable<EndpointDescription> discovered, IEnumerable<EndpointDescription> fromSession)
    {
        var before = discovered.Where(EndpointChoice.IsUaTcp).Select(Essence).ToHashSet(StringComparer.Ordinal);
        var after = fromSession.Where(EndpointChoice.IsUaTcp).Select(Essence).ToHashSet(StringComparer.Ordinal);
        if (before.SetEquals(after)) return;
        var missing = after.Except(before).FirstOrDefault();
        throw new UaException(
            StatusCodes.BadSecurityChecksFailed,
            missing is not null
                ? $"The server has an endpoint that discovery did not show: {missing}."
                : $"Discovery showed an endpoint that the server does not have: {before.Except(after).First()}.");
    }

    /// <summary>
    /// What Part 4, 5.7.2.2 lets a client compare: servers may leave the rest out of the CreateSession response. Host and port
    /// depend on the way the server is reached and are left out too.
    /// </summary>
    private static string Essence(EndpointDescription e)
    {
        var tokens = e.UserIdentityTokens
            .Select(t => $"{t.PolicyId}:{t.TokenType}:{t.IssuedTokenType}:{t.SecurityPolicyUri}")
            .Order(StringComparer.Ordinal);
        return $"{ServerUrl.TryParse(e.EndpointUrl)?.Path} {e.SecurityMode} {e.SecurityPolicyUri} [{string.Join(", ", tokens)}] of {e.Server.ApplicationUri}, level {e.SecurityLevel}";
    }
}

using Ua.Core;
using Ua.Security;

namespace Ua.Client;

/// <summary>Picks the endpoint of a server that a session uses.</summary>
internal static class EndpointChoice
{
    public const string UaTcpTransport = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    /// <summary>
    /// The strongest endpoint that fits the options: by mode, then by policy, then by the server's own level, since the list
    /// comes over a channel without security and may have been changed on the way.
    /// </summary>
    public static EndpointDescription Choose(IReadOnlyList<EndpointDescription> endpoints, SessionOptions options)
    {
        var fitting = endpoints.Where(e => Fits(e, options)).ToList();
        if (fitting.Count == 0) throw NothingFits(endpoints, options);
        var withUser = fitting.Where(e => options.User.FindPolicy(e) is not null).ToList();
        if (withUser.Count == 0)
            throw new UaException(StatusCodes.BadIdentityTokenRejected, $"No endpoint of the server that fits takes a user identity of the kind {options.User.TokenType}.");
        return withUser.OrderByDescending(e => e.SecurityMode).ThenByDescending(e => Strength(e.SecurityPolicyUri)).ThenByDescending(e => e.SecurityLevel).First();
    }

    public static bool IsUaTcp(EndpointDescription endpoint) =>
        ServerUrl.TryParse(endpoint.EndpointUrl) is not null
        && (string.IsNullOrEmpty(endpoint.TransportProfileUri) || endpoint.TransportProfileUri == UaTcpTransport);

    /// <summary>The place of a policy among those of this stack, weakest first; -1 for one it does not speak.</summary>
    public static int Strength(string? policyUri)
    {
        for (var i = 0; i < SecurityPolicies.All.Count; i++)
            if (SecurityPolicies.All[i].Uri == policyUri) return i;
        return -1;
    }

    private static bool Fits(EndpointDescription endpoint, SessionOptions options)
    {
        if (!IsUaTcp(endpoint) || SecurityPolicies.ByUri(endpoint.SecurityPolicyUri) is not { } policy) return false;
        if (options.SecurityPolicyUri is { } uri && policy.Uri != uri) return false;
        if (options.SecurityMode is { } mode ? endpoint.SecurityMode != mode : endpoint.SecurityMode is not (MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt)) return false;
        if (policy.IsNone != (endpoint.SecurityMode == MessageSecurityMode.None)) return false;
        return policy.IsNone || options.Application.Identity?.Current.For(policy.Uri) is not null;
    }

    private static UaException NothingFits(IReadOnlyList<EndpointDescription> endpoints, SessionOptions options)
    {
        var offered = string.Join(", ", endpoints.Select(e => $"{e.SecurityMode}/{SecurityPolicies.ByUri(e.SecurityPolicyUri)?.Name ?? e.SecurityPolicyUri}").Distinct());
        var asked = $"{options.SecurityMode?.ToString() ?? "Sign or SignAndEncrypt"}/{options.SecurityPolicyUri ?? "any policy that the own certificate fits"}";
        var code = options.SecurityMode is null ? StatusCodes.BadSecurityPolicyRejected : StatusCodes.BadSecurityModeRejected;
        return new UaException(code, $"The server offers no endpoint for {asked}; it offers {(offered.Length == 0 ? "none" : offered)}.");
    }
}

using Microsoft.Extensions.Options;
using Ua.Core;
using Ua.Security;

namespace Ua.Server.Hosting;

/// <summary>Says, before anything listens, which option cannot work and why.</summary>
internal sealed class UaServerOptionsCheck : IValidateOptions<UaServerOptions>
{
    public ValidateOptionsResult Validate(string? name, UaServerOptions options)
    {
        List<string> problems = [.. Identity(options), .. options.Endpoints.SelectMany(Endpoint), .. Limits(options)];
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Identity(UaServerOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApplicationName)) yield return "ApplicationName must not be empty.";
        if (!Uri.TryCreate(options.ApplicationUri, UriKind.Absolute, out _)) yield return $"ApplicationUri '{options.ApplicationUri}' is not an absolute URI.";
        if (options.Endpoints.Count == 0) yield return "Endpoints must name at least one endpoint.";
    }

    private static IEnumerable<string> Endpoint(UaEndpointOptions endpoint)
    {
        foreach (var url in (string[])[endpoint.Url, .. endpoint.AlternateUrls])
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme != "opc.tcp" || parsed.Host.Length == 0)
                yield return $"Url '{url}' of an endpoint is not of the form opc.tcp://host:port.";
            else if (parsed.Port < 0)
                yield return $"Url '{url}' of an endpoint names no port; the usual one is 4840, 0 takes a free one.";
        }

        foreach (var policy in endpoint.SecurityPolicies.Append(endpoint.UserTokenPolicyWithoutSecurity))
        {
            if (SecurityPolicies.ByUri(SecurityPolicies.Prefix + policy) is not { IsNone: false })
                yield return $"SecurityPolicies of the endpoint {endpoint.Url} names '{policy}'; known are {string.Join(", ", SecurityPolicies.All.Where(p => !p.IsNone).Select(p => p.Name))}.";
        }

        if (endpoint.SecurityModes.Any(m => m is not (MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt)))
            yield return $"SecurityModes of the endpoint {endpoint.Url} must be Sign or SignAndEncrypt; AllowNone lets sessions in without security.";
        if (!endpoint.AllowNone && (endpoint.SecurityPolicies.Count == 0 || endpoint.SecurityModes.Count == 0))
            yield return $"The endpoint {endpoint.Url} offers nothing to sessions: name SecurityPolicies and SecurityModes, or set AllowNone.";
        if (endpoint.UserTokens.Count == 0) yield return $"UserTokens of the endpoint {endpoint.Url} must name at least one kind of user.";
        if (endpoint.UserTokens.Any(t => t is not (UserTokenType.Anonymous or UserTokenType.UserName or UserTokenType.Certificate)))
            yield return $"UserTokens of the endpoint {endpoint.Url} must be Anonymous, UserName or Certificate.";
    }

    private static IEnumerable<string> Limits(UaServerOptions options)
    {
        var (s, p, o) = (options.Sessions, options.Subscriptions, options.Operations);
        foreach (var (key, value) in ((string, long)[])
        [
            ("Sessions:MaxSessions", s.MaxSessions), ("Sessions:MaxSessionsPerClient", s.MaxSessionsPerClient),
            ("Sessions:MaxFailedActivations", s.MaxFailedActivations), ("Sessions:MaxOpenRequests", s.MaxOpenRequests),
            ("Subscriptions:MaxPublishRequestsPerSession", p.MaxPublishRequestsPerSession), ("Subscriptions:MaxNotificationsPerPublish", p.MaxNotificationsPerPublish),
            ("Subscriptions:MaxRetransmissionMessages", p.MaxRetransmissionMessages), ("Subscriptions:MaxDataQueueSize", p.MaxDataQueueSize),
            ("Subscriptions:MaxEventQueueSize", p.MaxEventQueueSize), ("Subscriptions:DefaultKeepAliveCount", p.DefaultKeepAliveCount),
            ("Operations:MaxNodesPerRead", o.MaxNodesPerRead), ("Operations:MaxNodesPerBrowse", o.MaxNodesPerBrowse),
            ("Operations:MaxReferencesPerNode", o.MaxReferencesPerNode), ("Operations:MaxNodesPerMethodCall", o.MaxNodesPerMethodCall),
        ])
        {
            if (value < 1) yield return $"{key} is {value} and must be at least 1.";
        }

        if (s.MaxBrowseContinuationPoints is < 0 or > ushort.MaxValue) yield return "Sessions:MaxBrowseContinuationPoints must lie between 0 and 65535.";
        if (s.MinSessionTimeout <= TimeSpan.Zero || s.MaxSessionTimeout < s.MinSessionTimeout) yield return "Sessions:MinSessionTimeout must be positive and not above MaxSessionTimeout.";
        if (p.MinPublishingInterval < 1 || p.MaxPublishingInterval < p.MinPublishingInterval) yield return "Subscriptions:MinPublishingInterval must be at least 1 ms and not above MaxPublishingInterval.";
        if (p.MinSamplingInterval < 1 || p.MaxSamplingInterval < p.MinSamplingInterval) yield return "Subscriptions:MinSamplingInterval must be at least 1 ms and not above MaxSamplingInterval.";
    }
}

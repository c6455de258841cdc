using Gds.Core.Applications;
using Ua.Core;

namespace Gds.Core.Access;

/// <summary>The ApplicationUris that an enrolment token is bound to.</summary>
internal static class TokenPatterns
{
    /// <summary>The URI of a gateway agent: whatever gateways a token is for, the agent that brings it may register itself under such a URI.</summary>
    private static readonly LikePattern s_agent = Parse("urn:%:gateway-agent:%");

    /// <summary>Whether a new application of that URI may be registered; a token without patterns allows any.</summary>
    public static bool Allow(IReadOnlyList<string> patterns, string applicationUri)
        => patterns.Count == 0 || patterns.Any(p => Parse(p).Matches(applicationUri));

    /// <summary>Whether this is the agent itself that presents the token, by its own certificate.</summary>
    public static bool IsAgentItself(ChannelIdentity? channel, string applicationUri)
        => channel?.ApplicationUri == applicationUri && s_agent.Matches(applicationUri);

    /// <summary>Whether one pattern is exactly this URI: only that gives a token power over a record that it did not bring in.</summary>
    public static bool NameInFull(IReadOnlyList<string> patterns, string applicationUri)
        => patterns.Select(Parse).Any(p => p.IsLiteral && p.Matches(applicationUri));

    public static LikePattern Parse(string pattern) => Patterns.Parse(pattern, "Pattern", ignoreCase: false);
}

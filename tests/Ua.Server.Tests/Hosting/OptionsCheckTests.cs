using Ua.Core;
using Ua.Server.Hosting;

namespace Ua.Server.Tests.Hosting;

/// <summary>Options that cannot work are refused with a sentence that names them.</summary>
public sealed class OptionsCheckTests
{
    private static UaServerOptions Good() => new()
    {
        ApplicationName = "Server",
        ApplicationUri = "urn:server",
        Endpoints = { new UaEndpointOptions { Url = "opc.tcp://0.0.0.0:4840" } },
    };

    [Fact]
    public void Good_options_pass() => new UaServerOptionsCheck().Validate(null, Good()).Succeeded.ShouldBeTrue();

    public static TheoryData<string, string> Wrong => new()
    {
        { "name", "ApplicationName" },
        { "uri", "ApplicationUri" },
        { "no endpoint", "Endpoints" },
        { "scheme", "http://x" },
        { "no port", "names no port" },
        { "policy", "Basic128" },
        { "token policy", "None" },
        { "mode", "SecurityModes" },
        { "nothing offered", "offers nothing" },
        { "no users", "UserTokens" },
        { "issued users", "UserTokens" },
        { "sessions", "MaxSessions" },
        { "timeouts", "MinSessionTimeout" },
        { "publishing", "MinPublishingInterval" },
        { "sampling", "MinSamplingInterval" },
        { "continuation points", "MaxBrowseContinuationPoints" },
        { "operations", "MaxNodesPerRead" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_options_are_named(string what, string named)
    {
        var options = Good();
        var endpoint = options.Endpoints[0];
        switch (what)
        {
            case "name": options.ApplicationName = " "; break;
            case "uri": options.ApplicationUri = "server"; break;
            case "no endpoint": options.Endpoints.Clear(); break;
            case "scheme": endpoint.Url = "http://x"; break;
            case "no port": endpoint.AlternateUrls.Add("opc.tcp://x"); break;
            case "policy": endpoint.SecurityPolicies.Add("Basic128"); break;
            case "token policy": endpoint.UserTokenPolicyWithoutSecurity = "None"; break;
            case "mode": endpoint.SecurityModes.Add(MessageSecurityMode.None); break;
            case "nothing offered": endpoint.SecurityModes.Clear(); break;
            case "no users": endpoint.UserTokens.Clear(); break;
            case "issued users": endpoint.UserTokens.Add(UserTokenType.IssuedToken); break;
            case "sessions": options.Sessions = new SessionLimits { MaxSessions = 0 }; break;
            case "timeouts": options.Sessions = new SessionLimits { MinSessionTimeout = TimeSpan.Zero }; break;
            case "publishing": options.Subscriptions = new SubscriptionLimits { MinPublishingInterval = 0 }; break;
            case "sampling": options.Subscriptions = new SubscriptionLimits { MinSamplingInterval = 9, MaxSamplingInterval = 8 }; break;
            case "continuation points": options.Sessions = new SessionLimits { MaxBrowseContinuationPoints = 70_000 }; break;
            default: options.Operations = new OperationLimits { MaxNodesPerRead = 0 }; break;
        }

        var result = new UaServerOptionsCheck().Validate(null, options);
        result.Failed.ShouldBeTrue();
        result.Failures.ShouldContain(f => f.Contains(named));
    }
}

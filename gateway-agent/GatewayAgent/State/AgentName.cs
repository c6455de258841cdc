using System.Security.Cryptography;
using Ua.Security.Certificates;

namespace GatewayAgent.State;

/// <summary>Who the agent is as an application: name.json. Made once, by whatever needs it first; it never changes after.</summary>
internal sealed record AgentName(string ApplicationUri, string ApplicationName)
{
    public static AgentName New()
    {
        var host = LocalHostNames.HostName;
        return new AgentName($"urn:{Uri.EscapeDataString(host)}:gateway-agent:{RandomNumberGenerator.GetHexString(8, lowercase: true)}", $"Gateway agent on {host}");
    }
}

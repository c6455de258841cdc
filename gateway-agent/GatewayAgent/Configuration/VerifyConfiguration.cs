namespace GatewayAgent.Configuration;

/// <summary>The key <c>verify</c> of an application: after a change the agent connects and looks which certificate is served.</summary>
internal sealed record VerifyConfiguration
{
    /// <summary>The gateway's endpoint, such as opc.tcp://gateway:4840.</summary>
    public required string EndpointUrl { get; init; }

    /// <summary>How long the gateway may take until it serves the new certificate; after that the change is rolled back.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public void Validate(string key)
    {
        if (!DiscoveryUrl.IsUaTcp(EndpointUrl)) throw AgentConfiguration.Wrong($"{key}.endpointUrl", $"must be an opc.tcp:// URL with a host, not '{EndpointUrl}'");
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(1)) throw AgentConfiguration.Wrong($"{key}.timeout", "must be between zero and one hour");
    }
}

using System.Net;
using System.Net.Sockets;
using Ua.Security.Certificates;

namespace GatewayAgent.Configuration;

/// <summary>The key <c>endpoint</c>: the agent's own OPC UA endpoint, by which certificates and trust lists are pushed. Without it the agent listens nowhere.</summary>
internal sealed record EndpointConfiguration
{
    public const int DefaultPort = 58811;

    public int Port { get; init; } = DefaultPort;

    /// <summary>The address to listen on; null for all of this machine.</summary>
    public string? Listen { get; init; }

    /// <summary>Names and addresses by which managers reach the agent; null takes the host's name. They go into the agent's certificate.</summary>
    public IReadOnlyList<string>? HostNames { get; init; }

    /// <summary>ApplicationUris that may push, beside the GDS with which the agent is enrolled; their certificates have to be issued by an authority that the agent trusts.</summary>
    public IReadOnlyList<string> Administrators { get; init; } = [];

    /// <summary>The URL that is listened on.</summary>
    public string ListenUrl() => UrlOf(Listen ?? (Socket.OSSupportsIPv6 ? "::" : "0.0.0.0"));

    /// <summary>The URLs under which managers come.</summary>
    public IReadOnlyList<string> NamedUrls() => [.. (HostNames is { Count: > 0 } names ? names : [LocalHostNames.HostName]).Select(UrlOf)];

    public void Validate(string key)
    {
        if (Port is < 1 or > 65535) throw AgentConfiguration.Wrong($"{key}.port", "must be between 1 and 65535");
        if (Listen is not null && !IPAddress.TryParse(Listen, out _)) throw AgentConfiguration.Wrong($"{key}.listen", $"must be an address, not '{Listen}'; leave it out to listen on all addresses");
        if (HostNames?.FirstOrDefault(n => Uri.CheckHostName(n) == UriHostNameType.Unknown) is { } name) throw AgentConfiguration.Wrong($"{key}.hostNames", $"has '{name}', which is no host name and no address");
        if (Administrators.FirstOrDefault(a => !Uri.TryCreate(a, UriKind.Absolute, out _)) is { } uri) throw AgentConfiguration.Wrong($"{key}.administrators", $"has '{uri}', which is no absolute URI");
    }

    private string UrlOf(string host) => host.Contains(':') && !host.StartsWith('[') ? $"opc.tcp://[{host}]:{Port}" : $"opc.tcp://{host}:{Port}";
}

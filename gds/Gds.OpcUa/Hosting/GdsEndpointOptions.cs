using System.Net;
using System.Net.Sockets;
using Ua.Security.Certificates;

namespace Gds.OpcUa.Hosting;

/// <summary>Where the GDS listens, what it says of itself and whom it lets in. Section "Endpoint".</summary>
public sealed class GdsEndpointOptions
{
    public const string Section = "Endpoint";

    public const int DefaultPort = 58810;

    /// <summary>TCP port; 0 takes a free one, for tests.</summary>
    public int Port { get; set; } = DefaultPort;

    /// <summary>Address to listen on; empty for all of this machine.</summary>
    public string Listen { get; set; } = "";

    /// <summary>Names and addresses by which clients reach the GDS; the first one stands in enrolment strings. They go into the first certificate.</summary>
    public string[] HostNames { get; set; } = [];

    /// <summary>A name for people; CN of the first certificate.</summary>
    public string ApplicationName { get; set; } = "GDS";

    /// <summary>ApplicationUri of the first certificate; empty makes urn:host:gds.</summary>
    public string ApplicationUri { get; set; } = "";

    /// <summary>What happens to a client whose certificate is valid and unknown: Credentials, Closed or AcceptAll.</summary>
    public FirstContactPolicy FirstContact { get; set; } = FirstContactPolicy.Credentials;

    /// <summary>How far clocks may differ when certificates are judged, in seconds.</summary>
    public int ClockSkewSeconds { get; set; } = 300;

    /// <summary>An agent that listens keeps a session; the design load is ten thousand of them.</summary>
    public int MaxSessions { get; set; } = 12_000;

    public int MaxSessionsPerClient { get; set; } = 20;

    /// <summary>Longest time that a session may be silent, in minutes.</summary>
    public int MaxSessionMinutes { get; set; } = 60;

    public int MaxConnections { get; set; } = 15_000;

    /// <summary>Discovery server to register with, such as opc.tcp://localhost:4840; empty for none.</summary>
    public string LocalDiscoveryServer { get; set; } = "";

    /// <summary>Each sentence names the key and the rule that it breaks.</summary>
    public IEnumerable<string> Faults()
    {
        if (Port is < 0 or > 65535) yield return $"{Section}:{nameof(Port)} is {Port}; it must be 0 to 65535.";
        if (!string.IsNullOrEmpty(Listen) && !IPAddress.TryParse(Listen, out _))
            yield return $"{Section}:{nameof(Listen)} '{Listen}' is not an address; leave it empty to listen on all addresses.";
        foreach (var name in HostNames ?? [])
        {
            if (Uri.CheckHostName(name) == UriHostNameType.Unknown)
                yield return $"{Section}:{nameof(HostNames)} has '{name}', which is no host name and no address.";
        }

        if (string.IsNullOrWhiteSpace(ApplicationName) || ApplicationName.Length > 64)
            yield return $"{Section}:{nameof(ApplicationName)} must have 1 to 64 characters.";
        if (!string.IsNullOrEmpty(ApplicationUri) && !Uri.TryCreate(ApplicationUri, UriKind.Absolute, out _))
            yield return $"{Section}:{nameof(ApplicationUri)} '{ApplicationUri}' is not an absolute URI.";
        if (!Enum.IsDefined(FirstContact))
            yield return $"{Section}:{nameof(FirstContact)} must be one of {string.Join(", ", Enum.GetNames<FirstContactPolicy>())}.";
        if (ClockSkewSeconds is < 0 or > 86_400) yield return $"{Section}:{nameof(ClockSkewSeconds)} is {ClockSkewSeconds}; it must be 0 to 86400.";
        if (MaxSessions is < 1 or > 100_000) yield return $"{Section}:{nameof(MaxSessions)} is {MaxSessions}; it must be 1 to 100000.";
        if (MaxSessionsPerClient is < 1 or > 100_000) yield return $"{Section}:{nameof(MaxSessionsPerClient)} is {MaxSessionsPerClient}; it must be 1 to 100000.";
        if (MaxSessionMinutes is < 1 or > 1_440) yield return $"{Section}:{nameof(MaxSessionMinutes)} is {MaxSessionMinutes}; it must be 1 to 1440.";
        if (MaxConnections is < 1 or > 100_000) yield return $"{Section}:{nameof(MaxConnections)} is {MaxConnections}; it must be 1 to 100000.";
        if (!string.IsNullOrEmpty(LocalDiscoveryServer) && !(Uri.TryCreate(LocalDiscoveryServer, UriKind.Absolute, out var lds) && lds.Scheme == "opc.tcp" && lds.Host.Length > 0))
            yield return $"{Section}:{nameof(LocalDiscoveryServer)} '{LocalDiscoveryServer}' is not of the form opc.tcp://host:port.";
    }

    /// <summary>The URL that is listened on.</summary>
    internal string ListenUrl => UrlOf(string.IsNullOrEmpty(Listen) ? (Socket.OSSupportsIPv6 ? "::" : "0.0.0.0") : Listen, Port);

    /// <summary>The URLs of the names under which clients come; none while the port is not fixed.</summary>
    internal IEnumerable<string> NamedUrls => Port == 0 ? [] : HostNames.Select(name => UrlOf(name, Port));

    /// <summary>The URL to hand to clients, where the server listens on that port.</summary>
    public string AdvertisedUrl(int port) => UrlOf(
        HostNames is [var first, ..] ? first : IPAddress.TryParse(Listen, out var address) && !IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address) ? Listen : LocalHostNames.HostName,
        port);

    private static string UrlOf(string host, int port) => host.Contains(':') && !host.StartsWith('[') ? $"opc.tcp://[{host}]:{port}" : $"opc.tcp://{host}:{port}";
}

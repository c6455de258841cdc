namespace Ua.Core;

/// <summary>How a server is announced by mDNS (Part 4, 7.13.2).</summary>
public sealed record MdnsDiscoveryConfiguration(string? MdnsServerName, string?[] ServerCapabilities)
    : IUaEncodable<MdnsDiscoveryConfiguration>
{
    public static uint BinaryEncodingId => 12901;

    public void Write(ref UaWriter w)
    {
        w.String(MdnsServerName);
        w.StringArray(ServerCapabilities);
    }

    public static MdnsDiscoveryConfiguration Read(ref UaReader r) => new(
        MdnsServerName: r.String(),
        ServerCapabilities: r.StringArray());
}

/// <summary>Registers a server with a discovery server, with the configuration of each discovery protocol (Part 4, 5.5.6).</summary>
public sealed record RegisterServer2Request(RequestHeader Header, RegisteredServer Server, ExtensionObject[] DiscoveryConfiguration)
    : IServiceRequest<RegisterServer2Request, RegisterServer2Response>
{
    public static uint BinaryEncodingId => 12211;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Structure(Server);
        w.ExtensionObjectArray(DiscoveryConfiguration);
    }

    public static RegisterServer2Request Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        Server: r.Structure<RegisteredServer>(),
        DiscoveryConfiguration: r.ExtensionObjectArray());
}

/// <summary>One result for each configuration, in the same order.</summary>
public sealed record RegisterServer2Response(ResponseHeader Header, StatusCode[] ConfigurationResults, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<RegisterServer2Response>
{
    public static uint BinaryEncodingId => 12212;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StatusCodeArray(ConfigurationResults);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static RegisterServer2Response Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        ConfigurationResults: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

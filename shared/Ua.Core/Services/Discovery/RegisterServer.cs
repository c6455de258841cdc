namespace Ua.Core;

/// <summary>A server as it makes itself known to a discovery server (Part 4, 7.32).</summary>
public sealed record RegisteredServer(
    string? ServerUri,
    string? ProductUri,
    LocalizedText[] ServerNames,
    ApplicationType ServerType,
    string? GatewayServerUri,
    string?[] DiscoveryUrls,
    string? SemaphoreFilePath,
    bool IsOnline) : IUaEncodable<RegisteredServer>
{
    public static uint BinaryEncodingId => 434;

    public void Write(ref UaWriter w)
    {
        w.String(ServerUri);
        w.String(ProductUri);
        w.LocalizedTextArray(ServerNames);
        w.Enum(ServerType);
        w.String(GatewayServerUri);
        w.StringArray(DiscoveryUrls);
        w.String(SemaphoreFilePath);
        w.Boolean(IsOnline);
    }

    public static RegisteredServer Read(ref UaReader r) => new(
        ServerUri: r.String(),
        ProductUri: r.String(),
        ServerNames: r.LocalizedTextArray(),
        ServerType: r.Enum<ApplicationType>(),
        GatewayServerUri: r.String(),
        DiscoveryUrls: r.StringArray(),
        SemaphoreFilePath: r.String(),
        IsOnline: r.Boolean());
}

/// <summary>Registers a server with a discovery server; the way before RegisterServer2 (Part 4, 5.5.5).</summary>
public sealed record RegisterServerRequest(RequestHeader Header, RegisteredServer Server)
    : IServiceRequest<RegisterServerRequest, RegisterServerResponse>
{
    public static uint BinaryEncodingId => 437;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Structure(Server);
    }

    public static RegisterServerRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        Server: r.Structure<RegisteredServer>());
}

/// <summary>The registration was taken.</summary>
public sealed record RegisterServerResponse(ResponseHeader Header) : IServiceResponse<RegisterServerResponse>
{
    public static uint BinaryEncodingId => 440;

    public void Write(ref UaWriter w) => w.Structure(Header);

    public static RegisterServerResponse Read(ref UaReader r) => new(Header: r.Structure<ResponseHeader>());
}

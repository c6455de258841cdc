namespace Ua.Core;

/// <summary>Asks which servers are known at an address (Part 4, 5.5.2).</summary>
public sealed record FindServersRequest(RequestHeader Header, string? EndpointUrl, string?[] LocaleIds, string?[] ServerUris)
    : IServiceRequest<FindServersRequest, FindServersResponse>
{
    public static uint BinaryEncodingId => 422;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.String(EndpointUrl);
        w.StringArray(LocaleIds);
        w.StringArray(ServerUris);
    }

    public static FindServersRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        EndpointUrl: r.String(),
        LocaleIds: r.StringArray(),
        ServerUris: r.StringArray());
}

/// <summary>The servers that fit.</summary>
public sealed record FindServersResponse(ResponseHeader Header, ApplicationDescription[] Servers) : IServiceResponse<FindServersResponse>
{
    public static uint BinaryEncodingId => 425;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Servers);
    }

    public static FindServersResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Servers: r.StructureArray<ApplicationDescription>());
}

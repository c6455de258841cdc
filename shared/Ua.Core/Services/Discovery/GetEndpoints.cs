namespace Ua.Core;

/// <summary>Asks a server for its endpoints (Part 4, 5.5.4).</summary>
public sealed record GetEndpointsRequest(RequestHeader Header, string? EndpointUrl, string?[] LocaleIds, string?[] ProfileUris)
    : IServiceRequest<GetEndpointsRequest, GetEndpointsResponse>
{
    public static uint BinaryEncodingId => 428;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.String(EndpointUrl);
        w.StringArray(LocaleIds);
        w.StringArray(ProfileUris);
    }

    public static GetEndpointsRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        EndpointUrl: r.String(),
        LocaleIds: r.StringArray(),
        ProfileUris: r.StringArray());
}

/// <summary>The endpoints that fit.</summary>
public sealed record GetEndpointsResponse(ResponseHeader Header, EndpointDescription[] Endpoints) : IServiceResponse<GetEndpointsResponse>
{
    public static uint BinaryEncodingId => 431;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Endpoints);
    }

    public static GetEndpointsResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Endpoints: r.StructureArray<EndpointDescription>());
}

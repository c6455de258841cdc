namespace Ua.Core;

/// <summary>Gives up ids from RegisterNodes (Part 4, 5.9.6).</summary>
public sealed record UnregisterNodesRequest(RequestHeader Header, NodeId[] NodesToUnregister)
    : IServiceRequest<UnregisterNodesRequest, UnregisterNodesResponse>
{
    public static uint BinaryEncodingId => 566;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.NodeIdArray(NodesToUnregister);
    }

    public static UnregisterNodesRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        NodesToUnregister: r.NodeIdArray());
}

/// <summary>The ids are given up.</summary>
public sealed record UnregisterNodesResponse(ResponseHeader Header) : IServiceResponse<UnregisterNodesResponse>
{
    public static uint BinaryEncodingId => 569;

    public void Write(ref UaWriter w) => w.Structure(Header);

    public static UnregisterNodesResponse Read(ref UaReader r) => new(Header: r.Structure<ResponseHeader>());
}

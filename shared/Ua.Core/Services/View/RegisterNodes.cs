namespace Ua.Core;

/// <summary>Tells the server which nodes will be used often (Part 4, 5.9.5).</summary>
public sealed record RegisterNodesRequest(RequestHeader Header, NodeId[] NodesToRegister)
    : IServiceRequest<RegisterNodesRequest, RegisterNodesResponse>
{
    public static uint BinaryEncodingId => 560;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.NodeIdArray(NodesToRegister);
    }

    public static RegisterNodesRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        NodesToRegister: r.NodeIdArray());
}

/// <summary>An id for each node, good until it is unregistered or the session ends.</summary>
public sealed record RegisterNodesResponse(ResponseHeader Header, NodeId[] RegisteredNodeIds) : IServiceResponse<RegisterNodesResponse>
{
    public static uint BinaryEncodingId => 563;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.NodeIdArray(RegisteredNodeIds);
    }

    public static RegisterNodesResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        RegisteredNodeIds: r.NodeIdArray());
}

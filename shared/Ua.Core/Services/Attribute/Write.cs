namespace Ua.Core;

/// <summary>The new value of one attribute (Part 4, 5.11.4).</summary>
public sealed record WriteValue(NodeId NodeId, uint AttributeId, string? IndexRange, DataValue Value) : IUaStructure<WriteValue>
{
    public void Write(ref UaWriter w)
    {
        w.NodeId(NodeId);
        w.UInt32(AttributeId);
        w.String(IndexRange);
        w.DataValue(Value);
    }

    public static WriteValue Read(ref UaReader r) => new(
        NodeId: r.NodeId(),
        AttributeId: r.UInt32(),
        IndexRange: r.String(),
        Value: r.DataValue());
}

/// <summary>Writes attributes of nodes (Part 4, 5.11.4).</summary>
public sealed record WriteRequest(RequestHeader Header, WriteValue[] NodesToWrite) : IServiceRequest<WriteRequest, WriteResponse>
{
    public static uint BinaryEncodingId => 673;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(NodesToWrite);
    }

    public static WriteRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        NodesToWrite: r.StructureArray<WriteValue>());
}

/// <summary>One status for each value, in the same order.</summary>
public sealed record WriteResponse(ResponseHeader Header, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<WriteResponse>
{
    public static uint BinaryEncodingId => 676;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StatusCodeArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static WriteResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

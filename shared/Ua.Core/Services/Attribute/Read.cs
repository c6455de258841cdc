namespace Ua.Core;

/// <summary>Which timestamps a client wants (Part 4, 7.40).</summary>
public enum TimestampsToReturn
{
    Source = 0,
    Server = 1,
    Both = 2,
    Neither = 3,
}

/// <summary>One attribute of one node (Part 4, 7.29).</summary>
public sealed record ReadValueId(NodeId NodeId, uint AttributeId, string? IndexRange = null, QualifiedName DataEncoding = default)
    : IUaStructure<ReadValueId>
{
    public void Write(ref UaWriter w)
    {
        w.NodeId(NodeId);
        w.UInt32(AttributeId);
        w.String(IndexRange);
        w.QualifiedName(DataEncoding);
    }

    public static ReadValueId Read(ref UaReader r) => new(
        NodeId: r.NodeId(),
        AttributeId: r.UInt32(),
        IndexRange: r.String(),
        DataEncoding: r.QualifiedName());
}

/// <summary>Reads attributes of nodes (Part 4, 5.11.2). MaxAge is in milliseconds.</summary>
public sealed record ReadRequest(RequestHeader Header, double MaxAge, TimestampsToReturn TimestampsToReturn, ReadValueId[] NodesToRead)
    : IServiceRequest<ReadRequest, ReadResponse>
{
    public static uint BinaryEncodingId => 631;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Double(MaxAge);
        w.Enum(TimestampsToReturn);
        w.StructureArray(NodesToRead);
    }

    public static ReadRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        MaxAge: r.Double(),
        TimestampsToReturn: r.Enum<TimestampsToReturn>(),
        NodesToRead: r.StructureArray<ReadValueId>());
}

/// <summary>One value for each node asked for, in the same order.</summary>
public sealed record ReadResponse(ResponseHeader Header, DataValue[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<ReadResponse>
{
    public static uint BinaryEncodingId => 634;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.DataValueArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static ReadResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.DataValueArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

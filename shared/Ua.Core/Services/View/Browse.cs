namespace Ua.Core;

/// <summary>Which references of a node are followed (Part 4, 5.9.2).</summary>
public enum BrowseDirection
{
    Forward = 0,
    Inverse = 1,
    Both = 2,
    Invalid = 3,
}

/// <summary>Which fields of a ReferenceDescription are filled in (Part 4, 5.9.2).</summary>
[Flags]
public enum BrowseResultMask : uint
{
    None = 0,
    ReferenceTypeId = 1,
    IsForward = 2,
    NodeClass = 4,
    BrowseName = 8,
    DisplayName = 16,
    TypeDefinition = 32,
    All = 63,
}

/// <summary>One node to browse. A null ReferenceTypeId follows every reference, a NodeClassMask of 0 takes every class (Part 4, 5.9.2).</summary>
public sealed record BrowseDescription(
    NodeId NodeId,
    BrowseDirection BrowseDirection,
    NodeId ReferenceTypeId,
    bool IncludeSubtypes,
    uint NodeClassMask,
    BrowseResultMask ResultMask) : IUaStructure<BrowseDescription>
{
    public void Write(ref UaWriter w)
    {
        w.NodeId(NodeId);
        w.Enum(BrowseDirection);
        w.NodeId(ReferenceTypeId);
        w.Boolean(IncludeSubtypes);
        w.UInt32(NodeClassMask);
        w.UInt32((uint)ResultMask);
    }

    public static BrowseDescription Read(ref UaReader r) => new(
        NodeId: r.NodeId(),
        BrowseDirection: r.Enum<BrowseDirection>(),
        ReferenceTypeId: r.NodeId(),
        IncludeSubtypes: r.Boolean(),
        NodeClassMask: r.UInt32(),
        ResultMask: (BrowseResultMask)r.UInt32());
}

/// <summary>The references of one node; a ContinuationPoint says that there are more (Part 4, 7.6).</summary>
public sealed record BrowseResult(StatusCode StatusCode, byte[]? ContinuationPoint, ReferenceDescription[] References)
    : IUaStructure<BrowseResult>
{
    public void Write(ref UaWriter w)
    {
        w.StatusCode(StatusCode);
        w.ByteString(ContinuationPoint);
        w.StructureArray(References);
    }

    public static BrowseResult Read(ref UaReader r) => new(
        StatusCode: r.StatusCode(),
        ContinuationPoint: r.ByteString(),
        References: r.StructureArray<ReferenceDescription>());
}

/// <summary>Follows the references of nodes; a maximum of 0 is no limit (Part 4, 5.9.2).</summary>
public sealed record BrowseRequest(
    RequestHeader Header,
    ViewDescription View,
    uint RequestedMaxReferencesPerNode,
    BrowseDescription[] NodesToBrowse) : IServiceRequest<BrowseRequest, BrowseResponse>
{
    public static uint BinaryEncodingId => 527;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Structure(View);
        w.UInt32(RequestedMaxReferencesPerNode);
        w.StructureArray(NodesToBrowse);
    }

    public static BrowseRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        View: r.Structure<ViewDescription>(),
        RequestedMaxReferencesPerNode: r.UInt32(),
        NodesToBrowse: r.StructureArray<BrowseDescription>());
}

/// <summary>One result for each node, in the same order.</summary>
public sealed record BrowseResponse(ResponseHeader Header, BrowseResult[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<BrowseResponse>
{
    public static uint BinaryEncodingId => 530;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static BrowseResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StructureArray<BrowseResult>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

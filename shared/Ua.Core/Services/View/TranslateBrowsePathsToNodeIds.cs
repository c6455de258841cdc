namespace Ua.Core;

/// <summary>A path to follow from a node (Part 4, 5.9.4).</summary>
public sealed record BrowsePath(NodeId StartingNode, RelativePath RelativePath) : IUaStructure<BrowsePath>
{
    public void Write(ref UaWriter w)
    {
        w.NodeId(StartingNode);
        w.Structure(RelativePath);
    }

    public static BrowsePath Read(ref UaReader r) => new(
        StartingNode: r.NodeId(),
        RelativePath: r.Structure<RelativePath>());
}

/// <summary>A node found; RemainingPathIndex is UInt32.MaxValue where the whole path was followed (Part 4, 5.9.4).</summary>
public sealed record BrowsePathTarget(ExpandedNodeId TargetId, uint RemainingPathIndex) : IUaStructure<BrowsePathTarget>
{
    public void Write(ref UaWriter w)
    {
        w.ExpandedNodeId(TargetId);
        w.UInt32(RemainingPathIndex);
    }

    public static BrowsePathTarget Read(ref UaReader r) => new(
        TargetId: r.ExpandedNodeId(),
        RemainingPathIndex: r.UInt32());
}

/// <summary>Every node that one path leads to (Part 4, 5.9.4).</summary>
public sealed record BrowsePathResult(StatusCode StatusCode, BrowsePathTarget[] Targets) : IUaStructure<BrowsePathResult>
{
    public void Write(ref UaWriter w)
    {
        w.StatusCode(StatusCode);
        w.StructureArray(Targets);
    }

    public static BrowsePathResult Read(ref UaReader r) => new(
        StatusCode: r.StatusCode(),
        Targets: r.StructureArray<BrowsePathTarget>());
}

/// <summary>Turns paths of browse names into node ids (Part 4, 5.9.4).</summary>
public sealed record TranslateBrowsePathsToNodeIdsRequest(RequestHeader Header, BrowsePath[] BrowsePaths)
    : IServiceRequest<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>
{
    public static uint BinaryEncodingId => 554;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(BrowsePaths);
    }

    public static TranslateBrowsePathsToNodeIdsRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        BrowsePaths: r.StructureArray<BrowsePath>());
}

/// <summary>One result for each path, in the same order.</summary>
public sealed record TranslateBrowsePathsToNodeIdsResponse(
    ResponseHeader Header,
    BrowsePathResult[] Results,
    DiagnosticInfo[] DiagnosticInfos) : IServiceResponse<TranslateBrowsePathsToNodeIdsResponse>
{
    public static uint BinaryEncodingId => 557;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static TranslateBrowsePathsToNodeIdsResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StructureArray<BrowsePathResult>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

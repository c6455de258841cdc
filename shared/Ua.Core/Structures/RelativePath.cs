namespace Ua.Core;

/// <summary>One step of a path: a reference to follow and the name to find (Part 4, 7.31).</summary>
public sealed record RelativePathElement(NodeId ReferenceTypeId, bool IsInverse, bool IncludeSubtypes, QualifiedName TargetName)
    : IUaEncodable<RelativePathElement>
{
    public static uint BinaryEncodingId => 539;

    public void Write(ref UaWriter w)
    {
        w.NodeId(ReferenceTypeId);
        w.Boolean(IsInverse);
        w.Boolean(IncludeSubtypes);
        w.QualifiedName(TargetName);
    }

    public static RelativePathElement Read(ref UaReader r) => new(
        ReferenceTypeId: r.NodeId(),
        IsInverse: r.Boolean(),
        IncludeSubtypes: r.Boolean(),
        TargetName: r.QualifiedName());
}

/// <summary>A path from a node by references and browse names (Part 4, 7.31).</summary>
public sealed record RelativePath(RelativePathElement[] Elements) : IUaEncodable<RelativePath>
{
    public static uint BinaryEncodingId => 542;

    public void Write(ref UaWriter w) => w.StructureArray(Elements);

    public static RelativePath Read(ref UaReader r) => new(Elements: r.StructureArray<RelativePathElement>());
}

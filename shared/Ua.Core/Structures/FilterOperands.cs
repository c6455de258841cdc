namespace Ua.Core;

/// <summary>Another element of the same filter, by its index (Part 4, 7.7.4.2).</summary>
public sealed record ElementOperand(uint Index) : IUaEncodable<ElementOperand>
{
    public static uint BinaryEncodingId => 594;

    public void Write(ref UaWriter w) => w.UInt32(Index);

    public static ElementOperand Read(ref UaReader r) => new(Index: r.UInt32());
}

/// <summary>A value (Part 4, 7.7.4.3).</summary>
public sealed record LiteralOperand(Variant Value) : IUaEncodable<LiteralOperand>
{
    public static uint BinaryEncodingId => 597;

    public void Write(ref UaWriter w) => w.Variant(Value);

    public static LiteralOperand Read(ref UaReader r) => new(Value: r.Variant());
}

/// <summary>An attribute of a node found by a path from a type (Part 4, 7.7.4.4).</summary>
public sealed record AttributeOperand(NodeId NodeId, string? Alias, RelativePath BrowsePath, uint AttributeId, string? IndexRange)
    : IUaEncodable<AttributeOperand>
{
    public static uint BinaryEncodingId => 600;

    public void Write(ref UaWriter w)
    {
        w.NodeId(NodeId);
        w.String(Alias);
        w.Structure(BrowsePath);
        w.UInt32(AttributeId);
        w.String(IndexRange);
    }

    public static AttributeOperand Read(ref UaReader r) => new(
        NodeId: r.NodeId(),
        Alias: r.String(),
        BrowsePath: r.Structure<RelativePath>(),
        AttributeId: r.UInt32(),
        IndexRange: r.String());
}

/// <summary>An attribute of an event field, by the browse names that lead from the event type to it (Part 4, 7.7.4.5).</summary>
public sealed record SimpleAttributeOperand(
    NodeId TypeDefinitionId,
    QualifiedName[] BrowsePath,
    uint AttributeId,
    string? IndexRange = null) : IUaEncodable<SimpleAttributeOperand>
{
    public static uint BinaryEncodingId => 603;

    public void Write(ref UaWriter w)
    {
        w.NodeId(TypeDefinitionId);
        w.QualifiedNameArray(BrowsePath);
        w.UInt32(AttributeId);
        w.String(IndexRange);
    }

    public static SimpleAttributeOperand Read(ref UaReader r) => new(
        TypeDefinitionId: r.NodeId(),
        BrowsePath: r.QualifiedNameArray(),
        AttributeId: r.UInt32(),
        IndexRange: r.String());
}

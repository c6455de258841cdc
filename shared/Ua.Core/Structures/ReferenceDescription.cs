namespace Ua.Core;

/// <summary>A reference and its target as Browse returns it (Part 4, 7.30).</summary>
public sealed record ReferenceDescription(
    NodeId ReferenceTypeId,
    bool IsForward,
    ExpandedNodeId NodeId,
    QualifiedName BrowseName,
    LocalizedText DisplayName,
    NodeClass NodeClass,
    ExpandedNodeId TypeDefinition) : IUaEncodable<ReferenceDescription>
{
    public static uint BinaryEncodingId => 520;

    public void Write(ref UaWriter w)
    {
        w.NodeId(ReferenceTypeId);
        w.Boolean(IsForward);
        w.ExpandedNodeId(NodeId);
        w.QualifiedName(BrowseName);
        w.LocalizedText(DisplayName);
        w.Enum(NodeClass);
        w.ExpandedNodeId(TypeDefinition);
    }

    public static ReferenceDescription Read(ref UaReader r) => new(
        ReferenceTypeId: r.NodeId(),
        IsForward: r.Boolean(),
        NodeId: r.ExpandedNodeId(),
        BrowseName: r.QualifiedName(),
        DisplayName: r.LocalizedText(),
        NodeClass: r.Enum<NodeClass>(),
        TypeDefinition: r.ExpandedNodeId());
}

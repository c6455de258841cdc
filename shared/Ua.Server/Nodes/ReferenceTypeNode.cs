using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>A type of references (Part 3, 5.3).</summary>
public sealed class ReferenceTypeNode(NodeId id, QualifiedName browseName) : TypeNode(id, browseName)
{
    public override NodeClass Class => NodeClass.ReferenceType;

    public bool Symmetric { get; init; }

    public LocalizedText InverseName { get; init; }
}

using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>A type of objects (Part 3, 5.5.2).</summary>
public sealed class ObjectTypeNode(NodeId id, QualifiedName browseName) : TypeNode(id, browseName)
{
    public override NodeClass Class => NodeClass.ObjectType;
}

using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>A node of one of the four type classes, with its place in the type hierarchy.</summary>
public abstract class TypeNode : Node
{
    private protected TypeNode(NodeId id, QualifiedName browseName)
        : base(id, browseName)
    {
    }

    public bool IsAbstract { get; init; }

    /// <summary>The type that this one is derived from; null for a root of the hierarchy.</summary>
    public TypeNode? SuperType { get; private set; }

    /// <summary>True where this type is the given one or derived from it.</summary>
    public bool Is(NodeId type)
    {
        for (var t = this; t is not null; t = t.SuperType)
            if (t.Id == type) return true;
        return false;
    }

    internal sealed override void SetReferences(Reference[] references)
    {
        base.SetReferences(references);
        SuperType = null;
        foreach (var reference in references)
        {
            if (reference.IsForward || reference.Type.Id != ReferenceTypeIds.HasSubtype) continue;
            SuperType = reference.Target as TypeNode;
            break;
        }
    }
}

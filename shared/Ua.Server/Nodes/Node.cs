using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>
/// A node with the attributes that every class has (Part 3, 5.2) and its references in both directions. Readers need no
/// lock: the references are an array that the <see cref="AddressSpace"/> replaces as a whole.
/// </summary>
public abstract class Node
{
    private Reference[] _references = [];

    private protected Node(NodeId id, QualifiedName browseName)
    {
        Id = id;
        BrowseName = browseName;
        DisplayName = new LocalizedText(browseName.Name);
    }

    public NodeId Id { get; }

    public abstract NodeClass Class { get; }

    public QualifiedName BrowseName { get; }

    public LocalizedText DisplayName { get; set; }

    public LocalizedText Description { get; set; }

    /// <summary>Permissions of this node; null where those of its namespace hold (Part 3, 5.2.9).</summary>
    public RolePermissionType[]? RolePermissions { get; set; }

    /// <summary>Restrictions of this node; null where those of its namespace hold (Part 3, 5.2.11).</summary>
    public AccessRestrictions? AccessRestrictions { get; set; }

    public ReadOnlySpan<Reference> References => Volatile.Read(ref _references);

    /// <summary>The type definition of an object or variable; null for other classes.</summary>
    public TypeNode? TypeDefinition => Target(ReferenceTypeIds.HasTypeDefinition) as TypeNode;

    /// <summary>The modelling rule of an instance declaration; null for other nodes.</summary>
    public Node? ModellingRule => Target(ReferenceTypeIds.HasModellingRule);

    /// <summary>The first node above in the hierarchy; null for a root.</summary>
    public Node? Parent
    {
        get
        {
            foreach (var reference in References)
                if (!reference.IsForward && reference.Type.Is(ReferenceTypeIds.HierarchicalReferences)) return reference.Target;
            return null;
        }
    }

    /// <summary>The child of that name, by any hierarchical reference; null where there is none.</summary>
    public Node? Child(QualifiedName browseName)
    {
        foreach (var reference in References)
        {
            if (reference.IsForward && reference.Target.BrowseName == browseName && reference.Type.Is(ReferenceTypeIds.HierarchicalReferences))
                return reference.Target;
        }

        return null;
    }

    /// <summary>Children by any hierarchical reference, in the order in which they were added.</summary>
    public IEnumerable<Node> Children()
    {
        foreach (var reference in Volatile.Read(ref _references))
            if (reference.IsForward && reference.Type.Is(ReferenceTypeIds.HierarchicalReferences)) yield return reference.Target;
    }

    public override string ToString() => $"{Class} {BrowseName} ({Id})";

    internal virtual void SetReferences(Reference[] references) => Volatile.Write(ref _references, references);

    /// <summary>The target of the first forward reference of exactly that type.</summary>
    private protected Node? Target(NodeId referenceType)
    {
        foreach (var reference in References)
            if (reference.IsForward && reference.Type.Id == referenceType) return reference.Target;
        return null;
    }
}

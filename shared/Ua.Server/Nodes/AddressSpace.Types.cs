using Ua.Core;

namespace Ua.Server.Nodes;

public sealed partial class AddressSpace
{
    /// <summary>True where the first type is the second or derived from it; false where the first is no type of this server.</summary>
    public bool IsSubtypeOf(NodeId type, NodeId superType) => Find(type) is TypeNode node && node.Is(superType);

    /// <summary>The data type whose encoding (such as "Default Binary") has that id; null where there is none.</summary>
    public DataTypeNode? DataTypeOfEncoding(NodeId encodingId)
    {
        if (Find(encodingId) is not { } encoding) return null;
        foreach (var reference in encoding.References)
        {
            if (!reference.IsForward && reference.Type.Id == ReferenceTypeIds.HasEncoding) return reference.Target as DataTypeNode;
        }

        return null;
    }

    /// <summary>The type and all types derived from it, the type itself first.</summary>
    public IEnumerable<TypeNode> Subtypes(NodeId type)
    {
        if (Find(type) is not TypeNode root) yield break;
        var waiting = new Queue<TypeNode>([root]);
        while (waiting.TryDequeue(out var node))
        {
            yield return node;
            foreach (var child in node.Children())
                if (child is TypeNode sub && sub.SuperType == node) waiting.Enqueue(sub);
        }
    }

    /// <summary>
    /// Finds what a call of a method on an object runs (Part 4, 5.12.2): a method of the object itself, or one of its
    /// type, which stands for the object's own method of that declaration.
    /// </summary>
    /// <returns>Good, Bad_NodeIdUnknown (object or method) or Bad_MethodInvalid.</returns>
    public StatusCode FindMethod(NodeId objectId, NodeId methodId, out MethodNode? method)
    {
        method = null;
        if (Find(objectId) is not { } target || Find(methodId) is not { } node) return StatusCodes.BadNodeIdUnknown;
        if (target is not (ObjectNode or ObjectTypeNode) || node is not MethodNode wanted) return StatusCodes.BadMethodInvalid;
        method = OwnMethod(target, wanted) ?? MethodOfType(target, wanted);
        return method is null ? StatusCodes.BadMethodInvalid : StatusCodes.Good;
    }

    private static MethodNode? OwnMethod(Node target, MethodNode wanted)
    {
        foreach (var child in target.Children())
            if (child is MethodNode method && (method == wanted || method.Declaration == wanted)) return method;
        return null;
    }

    private static MethodNode? MethodOfType(Node target, MethodNode wanted)
    {
        for (var type = target.TypeDefinition; type is not null; type = type.SuperType)
        {
            if (OwnMethod(type, wanted) is not { } declared) continue;
            return target.Child(declared.BrowseName) as MethodNode ?? declared;
        }

        return null;
    }
}

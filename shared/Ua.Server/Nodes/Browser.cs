using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Follows the references of a node for a caller (Part 4, 5.9.2). Continuation points are the business of the session.</summary>
public sealed class Browser(AddressSpace space)
{
    /// <summary>All references that the description asks for and the caller may see.</summary>
    /// <returns>Good, Bad_NodeIdUnknown, Bad_BrowseDirectionInvalid, Bad_ReferenceTypeIdInvalid, or why the caller may not browse the node.</returns>
    public StatusCode Browse(BrowseDescription wanted, ICallContext caller, out List<ReferenceDescription> references)
    {
        references = [];
        if (space.Find(wanted.NodeId) is not { } node) return StatusCodes.BadNodeIdUnknown;
        if (wanted.BrowseDirection is < BrowseDirection.Forward or > BrowseDirection.Both) return StatusCodes.BadBrowseDirectionInvalid;
        if (!wanted.ReferenceTypeId.IsNull && space.Find(wanted.ReferenceTypeId) is not ReferenceTypeNode) return StatusCodes.BadReferenceTypeIdInvalid;
        var access = space.Permissions.Check(node, PermissionType.Browse, caller);
        if (access.IsBad) return access;
        foreach (var reference in node.References)
        {
            if (!Matches(reference, wanted)) continue;
            if (space.Permissions.Check(reference.Target, PermissionType.Browse, caller).IsBad) continue;
            references.Add(Describe(reference, wanted.ResultMask));
        }

        return StatusCodes.Good;
    }

    /// <summary>True where a reference is of the type (or one derived from it, if those count too); a null type is every type.</summary>
    internal static bool IsOfType(Reference reference, NodeId type, bool includeSubtypes)
    {
        if (type.IsNull) return true;
        return includeSubtypes ? reference.Type.Is(type) : reference.Type.Id == type;
    }

    private static bool Matches(Reference reference, BrowseDescription wanted) =>
        (wanted.BrowseDirection == BrowseDirection.Both || reference.IsForward == (wanted.BrowseDirection == BrowseDirection.Forward))
        && (wanted.NodeClassMask == 0 || (wanted.NodeClassMask & (uint)reference.Target.Class) != 0)
        && IsOfType(reference, wanted.ReferenceTypeId, wanted.IncludeSubtypes);

    private static ReferenceDescription Describe(Reference reference, BrowseResultMask mask)
    {
        var target = reference.Target;
        return new ReferenceDescription(
            ReferenceTypeId: mask.HasFlag(BrowseResultMask.ReferenceTypeId) ? reference.Type.Id : NodeId.Null,
            IsForward: mask.HasFlag(BrowseResultMask.IsForward) && reference.IsForward,
            NodeId: target.Id,
            BrowseName: mask.HasFlag(BrowseResultMask.BrowseName) ? target.BrowseName : default,
            DisplayName: mask.HasFlag(BrowseResultMask.DisplayName) ? target.DisplayName : default,
            NodeClass: mask.HasFlag(BrowseResultMask.NodeClass) ? target.Class : NodeClass.Unspecified,
            TypeDefinition: mask.HasFlag(BrowseResultMask.TypeDefinition) ? target.TypeDefinition?.Id ?? NodeId.Null : NodeId.Null);
    }
}

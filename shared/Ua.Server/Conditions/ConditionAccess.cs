using Ua.Core;
using Ua.Server.Identity;
using Ua.Server.Nodes;

namespace Ua.Server.Conditions;

/// <summary>Who sees its source sees a condition; who may call its methods is told by roles.</summary>
internal sealed class ConditionAccess(AddressSpace space, Node source, ConditionRoles roles)
{
    private readonly RolePermissionType[]? _ofSource = space.Permissions.RolePermissions(source);
    private readonly AccessRestrictions _restrictions = space.Permissions.Restrictions(source);

    public void Grant(ObjectNode condition)
    {
        foreach (var node in Below(condition))
        {
            node.AccessRestrictions = _restrictions;
            node.RolePermissions = node is VariableNode ? OfVariable() : _ofSource;
        }

        foreach (var method in condition.Children().OfType<MethodNode>())
            method.RolePermissions = OfMethod(method.Declaration?.Id == ConditionIds.Enable || method.Declaration?.Id == ConditionIds.Disable ? roles.Switching : roles.Acknowledging);
    }

    /// <summary>Who sees the source reads the condition; permissions of objects often leave Read out, which means nothing there.</summary>
    private RolePermissionType[]? OfVariable() => _ofSource is null
        ? null
        : Array.ConvertAll(_ofSource, p => p.Permissions.HasFlag(PermissionType.Browse) ? p with { Permissions = (p.Permissions | PermissionType.Read) & ~PermissionType.Write } : p);

    private RolePermissionType[] OfMethod(IReadOnlyList<NodeId> callers)
    {
        var visible = _ofSource ?? [new RolePermissionType(WellKnownRoles.Anonymous, PermissionType.Browse | PermissionType.ReadRolePermissions)];
        return
        [
            .. visible.Select(p => p with { Permissions = p.Permissions & ~PermissionType.Call }),
            .. callers.Select(role => new RolePermissionType(role, PermissionType.Call)),
        ];
    }

    private static IEnumerable<Node> Below(Node node)
    {
        yield return node;
        foreach (var child in node.Children())
            foreach (var below in Below(child)) yield return below;
    }
}

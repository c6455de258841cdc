using System.Collections.Concurrent;
using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Decides what a caller may do with a node: first what the channel must offer, then what the roles may (Part 3, 4.9 and 5.2.9 to 5.2.11).</summary>
public sealed class Permissions
{
    private readonly ConcurrentDictionary<ushort, (RolePermissionType[]? Roles, AccessRestrictions Restrictions)> _defaults = [];

    /// <summary>Sets what holds for nodes of a namespace that say nothing themselves; null roles leave such nodes open to every role.</summary>
    public void SetNamespaceDefaults(ushort namespaceIndex, RolePermissionType[]? roles, AccessRestrictions restrictions) =>
        _defaults[namespaceIndex] = (roles, restrictions);

    /// <summary>The permissions that hold in a namespace by default; null where every role may do everything.</summary>
    public RolePermissionType[]? NamespaceRolePermissions(ushort namespaceIndex) => _defaults.GetValueOrDefault(namespaceIndex).Roles;

    public AccessRestrictions NamespaceRestrictions(ushort namespaceIndex) => _defaults.GetValueOrDefault(namespaceIndex).Restrictions;

    /// <summary>The permissions that hold for a node; null where every role may do everything.</summary>
    public RolePermissionType[]? RolePermissions(Node node) =>
        node.RolePermissions ?? _defaults.GetValueOrDefault(node.Id.NamespaceIndex).Roles;

    /// <summary>The permissions of a node for the roles of the caller only; null where every role may do everything.</summary>
    public RolePermissionType[]? UserRolePermissions(Node node, ICallContext caller) =>
        RolePermissions(node) is { } all ? Array.FindAll(all, p => caller.Roles.Contains(p.RoleId)) : null;

    public AccessRestrictions Restrictions(Node node) =>
        node.AccessRestrictions ?? _defaults.GetValueOrDefault(node.Id.NamespaceIndex).Restrictions;

    /// <summary>
    /// Checks that a caller may read the value of a variable. Who sees a method sees its arguments: the standard nodes give
    /// them Browse and no Read, and a client could else not learn how to call what it may call.
    /// </summary>
    public StatusCode CheckRead(VariableNode variable, ICallContext caller) =>
        Check(variable, variable.IsArgumentList ? PermissionType.Browse : PermissionType.Read, caller);

    /// <returns>Good, Bad_SecurityModeInsufficient (channel) or Bad_UserAccessDenied (session or roles).</returns>
    public StatusCode Check(Node node, PermissionType wanted, ICallContext caller)
    {
        var restricted = CheckRestrictions(node, wanted, caller);
        if (restricted.IsBad) return restricted;
        if (wanted == PermissionType.Call && node is MethodNode { AccessDecidedByHandler: true }) return StatusCodes.Good;
        if (RolePermissions(node) is not { } permissions) return StatusCodes.Good;
        var granted = PermissionType.None;
        foreach (var permission in permissions)
            if (caller.Roles.Contains(permission.RoleId)) granted |= permission.Permissions;
        return (granted & wanted) == wanted ? StatusCodes.Good : StatusCodes.BadUserAccessDenied;
    }

    private StatusCode CheckRestrictions(Node node, PermissionType wanted, ICallContext caller)
    {
        var restrictions = Restrictions(node);
        if (wanted == PermissionType.Browse && !restrictions.HasFlag(AccessRestrictions.ApplyRestrictionsToBrowse)) return StatusCodes.Good;
        if (restrictions.HasFlag(AccessRestrictions.EncryptionRequired) && caller.SecurityMode != MessageSecurityMode.SignAndEncrypt)
            return StatusCodes.BadSecurityModeInsufficient;
        if (restrictions.HasFlag(AccessRestrictions.SigningRequired) && caller.SecurityMode is not (MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt))
            return StatusCodes.BadSecurityModeInsufficient;
        return restrictions.HasFlag(AccessRestrictions.SessionRequired) && caller.SessionId.IsNull
            ? StatusCodes.BadUserAccessDenied
            : StatusCodes.Good;
    }
}

using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>The values of all attributes but Value, as variants (Part 3, 5 and Table of attributes in Part 6, A.1).</summary>
internal static class AttributeValues
{
    private static Variant? Absent => null;

    /// <summary>True where nodes of the class can have the attribute.</summary>
    public static bool Exists(Node node, uint attribute) => (AttributeId)attribute switch
    {
        >= AttributeId.NodeId and <= AttributeId.UserWriteMask => true,
        AttributeId.RolePermissions or AttributeId.UserRolePermissions or AttributeId.AccessRestrictions => true,
        AttributeId.IsAbstract => node is TypeNode,
        AttributeId.Symmetric or AttributeId.InverseName => node is ReferenceTypeNode,
        AttributeId.EventNotifier => node is ObjectNode,
        AttributeId.DataType or AttributeId.ValueRank or AttributeId.ArrayDimensions => node is VariableNode or VariableTypeNode,
        >= AttributeId.AccessLevel and <= AttributeId.Historizing or AttributeId.AccessLevelEx => node is VariableNode,
        AttributeId.Value => node is VariableNode or VariableTypeNode,
        AttributeId.Executable or AttributeId.UserExecutable => node is MethodNode,
        AttributeId.DataTypeDefinition => node is DataTypeNode,
        _ => false,
    };

    /// <summary>The value; null where this node does not have the optional attribute.</summary>
    public static Variant? Of(AddressSpace space, Node node, AttributeId attribute, ICallContext caller) => attribute switch
    {
        AttributeId.NodeId => node.Id,
        AttributeId.NodeClass => (int)node.Class,
        AttributeId.BrowseName => node.BrowseName,
        AttributeId.DisplayName => node.DisplayName,
        AttributeId.Description => node.Description.IsNull ? Absent : node.Description,
        AttributeId.WriteMask or AttributeId.UserWriteMask => 0u,
        AttributeId.RolePermissions => Encoded(space.Permissions.RolePermissions(node)),
        AttributeId.UserRolePermissions => Encoded(space.Permissions.UserRolePermissions(node, caller)),
        AttributeId.AccessRestrictions => (ushort)space.Permissions.Restrictions(node),
        _ => node switch
        {
            VariableNode variable => OfVariable(space, variable, attribute, caller),
            MethodNode method => OfMethod(space, method, attribute, caller),
            ObjectNode item => item.EventNotifier,
            TypeNode type => OfType(type, attribute),
            _ => Absent,
        },
    };

    private static Variant? OfType(TypeNode type, AttributeId attribute) => (attribute, type) switch
    {
        (AttributeId.IsAbstract, _) => type.IsAbstract,
        (AttributeId.Symmetric, ReferenceTypeNode reference) => reference.Symmetric,
        (AttributeId.InverseName, ReferenceTypeNode reference) => reference.InverseName.IsNull ? Absent : reference.InverseName,
        (AttributeId.DataType, VariableTypeNode variable) => variable.DataType,
        (AttributeId.ValueRank, VariableTypeNode variable) => variable.ValueRank,
        (AttributeId.ArrayDimensions, VariableTypeNode variable) => Dimensions(variable.ValueRank, variable.ArrayDimensions),
        (AttributeId.DataTypeDefinition, DataTypeNode data) => data.Definition() is { } definition ? definition : Absent,
        _ => Absent,
    };

    private static Variant? OfVariable(AddressSpace space, VariableNode variable, AttributeId attribute, ICallContext caller) => attribute switch
    {
        AttributeId.DataType => variable.DataType,
        AttributeId.ValueRank => variable.ValueRank,
        AttributeId.ArrayDimensions => Dimensions(variable.ValueRank, variable.ArrayDimensions),
        AttributeId.AccessLevel => (byte)variable.AccessLevel,
        AttributeId.UserAccessLevel => (byte)UserAccessLevel(space, variable, caller),
        AttributeId.AccessLevelEx => (uint)variable.AccessLevel,
        AttributeId.MinimumSamplingInterval => variable.MinimumSamplingInterval,
        AttributeId.Historizing => variable.Historizing,
        _ => Absent,
    };

    private static Variant? OfMethod(AddressSpace space, MethodNode method, AttributeId attribute, ICallContext caller) => attribute switch
    {
        AttributeId.Executable => method.IsExecutable,
        AttributeId.UserExecutable => method.IsExecutable && space.Permissions.Check(method, PermissionType.Call, caller).IsGood,
        _ => Absent,
    };

    /// <summary>The access level without what the roles of the caller do not allow.</summary>
    private static AccessLevels UserAccessLevel(AddressSpace space, VariableNode variable, ICallContext caller)
    {
        var level = variable.AccessLevel;
        if (space.Permissions.CheckRead(variable, caller).IsBad) level &= ~AccessLevels.CurrentRead;
        if (space.Permissions.Check(variable, PermissionType.Write, caller).IsBad)
            level &= ~(AccessLevels.CurrentWrite | AccessLevels.StatusWrite | AccessLevels.TimestampWrite);
        if (space.Permissions.Check(variable, PermissionType.ReadHistory, caller).IsBad) level &= ~AccessLevels.HistoryRead;
        return level;
    }

    /// <summary>Unknown lengths are zeros; a value that need not be an array has no dimensions.</summary>
    private static Variant Dimensions(int valueRank, uint[] dimensions) =>
        dimensions.Length == 0 && valueRank > 0 ? new uint[valueRank] : dimensions;

    private static Variant? Encoded(RolePermissionType[]? permissions) =>
        permissions is null ? Absent : Array.ConvertAll(permissions, ExtensionObject.Of);
}

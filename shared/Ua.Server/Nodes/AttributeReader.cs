using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Reads one attribute of one node for a caller (Part 4, 5.11.2): access, range and encoding checked.</summary>
public sealed class AttributeReader(AddressSpace space)
{
    private static readonly QualifiedName s_defaultBinary = new("Default Binary");

    /// <summary>The value with all its times; <see cref="Timestamps.Keep"/> leaves those that the client asked for.</summary>
    public DataValue Read(NodeId nodeId, uint attribute, string? indexRange, QualifiedName dataEncoding, ICallContext caller)
    {
        var now = space.Time.GetUtcNow().UtcDateTime;
        if (!NumericRange.TryParse(indexRange, out var range)) return DataValue.Bad(StatusCodes.BadIndexRangeInvalid);
        if (space.Find(nodeId) is not { } node) return DataValue.Bad(StatusCodes.BadNodeIdUnknown);
        if (attribute == (uint)AttributeId.Value) return ReadValue(node, range, dataEncoding, new ReadContext(caller, now));

        if (!AttributeValues.Exists(node, attribute)) return DataValue.Bad(StatusCodes.BadAttributeIdInvalid);
        if (!dataEncoding.IsNull) return DataValue.Bad(StatusCodes.BadDataEncodingInvalid);
        var wanted = attribute == (uint)AttributeId.RolePermissions ? PermissionType.ReadRolePermissions : PermissionType.Browse;
        var access = space.Permissions.Check(node, wanted, caller);
        if (access.IsBad) return DataValue.Bad(access);
        if (AttributeValues.Of(space, node, (AttributeId)attribute, caller) is not { } value) return DataValue.Bad(StatusCodes.BadAttributeIdInvalid);
        return Part(new DataValue(value, ServerTimestamp: now), range);
    }

    private DataValue ReadValue(Node node, NumericRange? range, QualifiedName dataEncoding, ReadContext context)
    {
        if (node is VariableTypeNode { Value.IsNull: false } type)
        {
            var visible = space.Permissions.Check(type, PermissionType.Browse, context.Caller);
            return visible.IsBad ? DataValue.Bad(visible) : Part(new DataValue(type.Value, ServerTimestamp: context.Now), range);
        }

        if (node is not VariableNode variable) return DataValue.Bad(StatusCodes.BadAttributeIdInvalid);
        if (!variable.AccessLevel.HasFlag(AccessLevels.CurrentRead)) return DataValue.Bad(StatusCodes.BadNotReadable);
        var access = space.Permissions.CheckRead(variable, context.Caller);
        if (access.IsBad) return DataValue.Bad(access);
        var encoding = CheckEncoding(variable, dataEncoding);
        if (encoding.IsBad) return DataValue.Bad(encoding);
        var value = variable.Read(context);
        return Part(
            value with
            {
                SourceTimestamp = value.SourceTimestamp ?? (variable.ValueSource is null ? space.Created : context.Now),
                ServerTimestamp = context.Now,
            },
            range);
    }

    /// <summary>Only structures have encodings to choose from, and only the binary one is here.</summary>
    private StatusCode CheckEncoding(VariableNode variable, QualifiedName encoding)
    {
        if (encoding.IsNull || encoding == s_defaultBinary) return StatusCodes.Good;
        var carrier = ValueTypes.Carrier(space, variable.DataType);
        return carrier is (uint)BuiltInType.ExtensionObject or (uint)BuiltInType.Variant
            ? StatusCodes.BadDataEncodingUnsupported
            : StatusCodes.BadDataEncodingInvalid;
    }

    private static DataValue Part(DataValue value, NumericRange? range)
    {
        if (range is null || value.Status.IsBad) return value;
        var status = ValueSlice.Take(value.Value, range, out var part);
        return status.IsBad ? DataValue.Bad(status) : value with { Value = part };
    }
}

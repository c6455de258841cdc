using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Writes the value of a variable for a client (Part 4, 5.11.4): access, type, range, status and times checked.</summary>
public sealed class AttributeWriter(AddressSpace space)
{
    public async ValueTask<StatusCode> WriteAsync(NodeId nodeId, uint attribute, string? indexRange, DataValue value, ICallContext caller, CancellationToken cancellationToken)
    {
        if (!NumericRange.TryParse(indexRange, out var range)) return StatusCodes.BadIndexRangeInvalid;
        if (space.Find(nodeId) is not { } node) return StatusCodes.BadNodeIdUnknown;
        if (!AttributeValues.Exists(node, attribute)) return StatusCodes.BadAttributeIdInvalid;
        if (attribute != (uint)AttributeId.Value || node is not VariableNode variable) return StatusCodes.BadNotWritable;
        var access = CheckAccess(variable, value, range, caller);
        if (access.IsBad) return access;

        var now = space.Time.GetUtcNow().UtcDateTime;
        while (true)
        {
            var current = variable.Read(new ReadContext(caller, now));
            var status = Compose(variable, current, range, value, now, out var written);
            if (status.IsBad) return status;
            if (variable.WriteHandler is { } handler) return await handler(caller, written, cancellationToken).ConfigureAwait(false);
            if (variable.ValueSource is not null) return StatusCodes.BadNotWritable;
            if (variable.TryReplace(current, written)) return StatusCodes.Good;
        }
    }

    /// <summary>The whole value to be kept: the part of the range put into the current value, checked and stamped.</summary>
    private StatusCode Compose(VariableNode variable, DataValue current, NumericRange? range, DataValue value, DateTime now, out DataValue composed)
    {
        composed = value;
        var whole = AsDeclared(variable, value.Value);
        if (range is not null)
        {
            var status = ValuePatch.Put(current.Value, range, whole, out whole);
            if (status.IsBad) return status;
        }

        if (!ValueTypes.Fits(space, whole, variable.DataType, variable.ValueRank, variable.ArrayDimensions)) return StatusCodes.BadTypeMismatch;
        composed = value with { Value = whole, SourceTimestamp = value.SourceTimestamp ?? now, ServerTimestamp = null, ServerPicoseconds = 0 };
        return StatusCodes.Good;
    }

    private StatusCode CheckAccess(VariableNode variable, DataValue value, NumericRange? range, ICallContext caller)
    {
        if (!variable.AccessLevel.HasFlag(AccessLevels.CurrentWrite)) return StatusCodes.BadNotWritable;
        var access = space.Permissions.Check(variable, PermissionType.Write, caller);
        if (access.IsBad) return access;
        if (value.Status.Code != 0 && !variable.AccessLevel.HasFlag(AccessLevels.StatusWrite)) return StatusCodes.BadWriteNotSupported;
        var hasTime = value.SourceTimestamp is not null || value.ServerTimestamp is not null;
        if (hasTime && !variable.AccessLevel.HasFlag(AccessLevels.TimestampWrite)) return StatusCodes.BadWriteNotSupported;
        return range is not null && variable.AccessLevel.HasFlag(AccessLevels.WriteFullArrayOnly)
            ? StatusCodes.BadWriteNotSupported
            : StatusCodes.Good;
    }

    /// <summary>A ByteString and an array of Byte stand for each other (Part 4, 5.11.4.2).</summary>
    private Variant AsDeclared(VariableNode variable, Variant value)
    {
        var carrier = ValueTypes.Carrier(space, variable.DataType);
        return value switch
        {
            { Type: BuiltInType.ByteString, IsArray: false, Value: byte[] bytes } when carrier == (uint)BuiltInType.Byte => Variant.Array(BuiltInType.Byte, bytes),
            { Type: BuiltInType.Byte, IsArray: true, Dimensions: null, Value: byte[] bytes } when carrier == (uint)BuiltInType.ByteString => (Variant)bytes,
            _ => value,
        };
    }
}

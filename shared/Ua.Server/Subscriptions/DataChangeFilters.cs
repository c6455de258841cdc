using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Subscriptions;

/// <summary>Turns the filter parameter of a data item into a rule, or says what is wrong with it (Part 4, 7.22.2 and Part 8, 7.2).</summary>
internal sealed class DataChangeFilters(AddressSpace space)
{
    private static readonly NodeId s_number = new(26);
    private static readonly QualifiedName s_euRange = new("EURange");

    public StatusCode Read(ExtensionObject? parameter, ReadValueId watched, out DataChangeRule rule)
    {
        rule = DataChangeRule.Default;
        if (parameter is null || parameter.IsNull) return StatusCodes.Good;
        if (!parameter.TryDecode<DataChangeFilter>(out var filter)) return NotADataFilter(parameter);
        if (watched.AttributeId != (uint)AttributeId.Value) return StatusCodes.BadFilterNotAllowed;
        if (!Enum.IsDefined(filter!.Trigger)) return StatusCodes.BadMonitoredItemFilterInvalid;
        var deadband = 0.0;
        if (filter.DeadbandType != DeadbandType.None)
        {
            var status = Deadband(filter, watched.NodeId, out deadband);
            if (status.IsBad) return status;
        }

        rule = new DataChangeRule(filter.Trigger, deadband);
        return StatusCodes.Good;
    }

    private static StatusCode NotADataFilter(ExtensionObject parameter) =>
        parameter.TypeId == new NodeId(EventFilter.BinaryEncodingId) ? StatusCodes.BadFilterNotAllowed : StatusCodes.BadMonitoredItemFilterUnsupported;

    private StatusCode Deadband(DataChangeFilter filter, NodeId nodeId, out double deadband)
    {
        deadband = filter.DeadbandValue;
        if (!double.IsFinite(deadband) || deadband < 0) return StatusCodes.BadDeadbandFilterInvalid;
        if (space.Find(nodeId) is not VariableNode variable) return StatusCodes.BadFilterNotAllowed;
        if (!space.IsSubtypeOf(variable.DataType, s_number)) return StatusCodes.BadFilterNotAllowed;
        if (filter.DeadbandType == DeadbandType.Absolute) return StatusCodes.Good;
        if (filter.DeadbandType != DeadbandType.Percent || deadband > 100) return StatusCodes.BadDeadbandFilterInvalid;
        if (variable.Child(s_euRange) is not VariableNode { Value.Value.Value: ExtensionObject range } || !TryReadRange(range, out var low, out var high))
            return StatusCodes.BadMonitoredItemFilterUnsupported;
        deadband = Math.Abs(high - low) * deadband / 100;
        return StatusCodes.Good;
    }

    /// <summary>The structure Range: low and high as Double (Part 8, 5.6.2), binary encoding 886.</summary>
    private static bool TryReadRange(ExtensionObject range, out double low, out double high)
    {
        low = high = 0;
        if (range.TypeId != new NodeId(886) || range.Body is not { Length: 16 } body) return false;
        var r = new UaReader(body);
        low = r.Double();
        high = r.Double();
        return true;
    }
}

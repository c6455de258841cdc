using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Events;

/// <summary>A SimpleAttributeOperand made ready: which field of which events it takes (Part 4, 7.7.4.5).</summary>
internal sealed class FieldSelector
{
    private readonly NodeId _type;
    private readonly EventFieldPath _path;
    private readonly bool _isConditionId;
    private readonly NumericRange? _range;

    private FieldSelector(NodeId type, EventFieldPath path, bool isConditionId, NumericRange? range)
    {
        _type = type;
        _path = path;
        _isConditionId = isConditionId;
        _range = range;
    }

    /// <summary>Good with a selector, or what is wrong with the operand.</summary>
    public static StatusCode Read(SimpleAttributeOperand operand, AddressSpace space, out FieldSelector? selector)
    {
        selector = null;
        var type = operand.TypeDefinitionId.IsNull ? EventTypeIds.BaseEvent : operand.TypeDefinitionId;
        if (space.Find(type) is not ObjectTypeNode typeNode || !typeNode.Is(EventTypeIds.BaseEvent)) return StatusCodes.BadTypeDefinitionInvalid;
        if (!NumericRange.TryParse(operand.IndexRange, out var range)) return StatusCodes.BadIndexRangeInvalid;
        if (Array.Exists(operand.BrowsePath, name => name.IsNull)) return StatusCodes.BadBrowseNameInvalid;
        var isConditionId = operand.BrowsePath.Length == 0 && operand.AttributeId == (uint)AttributeId.NodeId;
        if (!isConditionId)
        {
            if (operand.AttributeId is < (uint)AttributeId.NodeId or > (uint)AttributeId.AccessLevelEx) return StatusCodes.BadAttributeIdInvalid;
            if (operand.AttributeId != (uint)AttributeId.Value || operand.BrowsePath.Length == 0) return StatusCodes.BadNodeIdUnknown;
            if (!Exists(space, typeNode, operand.BrowsePath)) return StatusCodes.BadNodeIdUnknown;
        }

        selector = new FieldSelector(type, EventFieldPath.Of(operand.BrowsePath), isConditionId, range);
        return StatusCodes.Good;
    }

    /// <summary>The field of an event; null where the event is of another type or has no such field.</summary>
    public Variant From(UaEvent e, AddressSpace space)
    {
        if (_type != EventTypeIds.BaseEvent && e.EventType != _type && !space.IsSubtypeOf(e.EventType, _type)) return Variant.Null;
        if (_isConditionId) return e.ConditionId.IsNull ? Variant.Null : e.ConditionId;
        var value = e[_path];
        if (_range is null || value.IsNull) return value;
        return ValueSlice.Take(value, _range, out var part).IsGood ? part : Variant.Null;
    }

    /// <summary>True where the type has the path; BaseEventType stands for all event types (Part 4, 7.7.4.5), so any of them may have it.</summary>
    private static bool Exists(AddressSpace space, TypeNode type, QualifiedName[] path) =>
        Exists(type, path) || (type.Id == EventTypeIds.BaseEvent && space.Subtypes(type.Id).Any(t => Exists(t, path)));

    /// <summary>True where the type or one of its supertypes declares the path.</summary>
    private static bool Exists(TypeNode type, QualifiedName[] path)
    {
        for (var t = type; t is not null; t = t.SuperType)
        {
            Node? node = t;
            foreach (var name in path) node = node is null ? null : Below(node, name);
            if (node is not null) return true;
        }

        return false;
    }

    private static Node? Below(Node node, QualifiedName name)
    {
        if (node.Child(name) is { } child) return child;
        for (var type = node.TypeDefinition; type is not null; type = type.SuperType)
            if (type.Child(name) is { } declared) return declared;
        return null;
    }
}

using Ua.Core;

namespace Ua.Client;

/// <summary>Makes event filters.</summary>
public static class EventFilters
{
    /// <summary>Selects fields by their browse paths from BaseEventType or another type; without an "of type" clause every event is taken.</summary>
    /// <param name="fields">Each a path such as [EventId] or [Message].</param>
    /// <param name="ofType">Only events of this type and its subtypes.</param>
    public static EventFilter Select(IEnumerable<QualifiedName[]> fields, NodeId? ofType = null)
    {
        var type = ofType ?? ObjectTypeIds.BaseEventType;
        var selects = fields.Select(path => new SimpleAttributeOperand(type, path, (uint)AttributeId.Value));
        ContentFilterElement[] where = ofType is { } t ? [new ContentFilterElement(FilterOperator.OfType, [ExtensionObject.Of(new LiteralOperand(t))])] : [];
        return new EventFilter([.. selects], new ContentFilter(where));
    }

    /// <summary>Selects fields of namespace 0 by name.</summary>
    public static EventFilter Select(IEnumerable<string> fields, NodeId? ofType = null) => Select(fields.Select(f => new[] { new QualifiedName(f) }), ofType);
}

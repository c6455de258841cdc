using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Events;

/// <summary>A content filter made ready: its first element decides, true alone lets an event pass (Part 4, 7.7.1).</summary>
internal sealed class WhereClause
{
    private readonly AddressSpace _space;
    private readonly FilterElement[] _elements;

    private WhereClause(AddressSpace space, FilterElement[] elements)
    {
        _space = space;
        _elements = elements;
    }

    /// <summary>Null where an element is wrong; the result then says which and why.</summary>
    public static WhereClause? Read(ContentFilter filter, AddressSpace space, out ContentFilterResult result)
    {
        var elements = new FilterElement[filter.Elements.Length];
        var results = new ContentFilterElementResult[elements.Length];
        var wrong = false;
        for (var i = 0; i < elements.Length; i++)
        {
            results[i] = FilterElementReader.Read(filter.Elements[i], i, elements.Length, space, out elements[i]);
            wrong |= results[i].StatusCode.IsBad;
        }

        result = new ContentFilterResult(wrong ? results : [], []);
        return wrong ? null : new WhereClause(space, elements);
    }

    public bool Matches(UaEvent e) => _elements.Length == 0 || FilterValues.Truth(Evaluate(0, e)) == true;

    private Variant Evaluate(int index, UaEvent e)
    {
        var element = _elements[index];
        return element.Operator switch
        {
            FilterOperator.And => FilterValues.And(Truth(element, 0, e), Truth(element, 1, e)),
            FilterOperator.Or => FilterValues.Or(Truth(element, 0, e), Truth(element, 1, e)),
            FilterOperator.Not => FilterValues.Not(Truth(element, 0, e)),
            FilterOperator.IsNull => Value(element, 0, e).Value is null,
            FilterOperator.OfType => Value(element, 0, e).TryGet<NodeId>(out var type) && _space.IsSubtypeOf(e.EventType, type),
            FilterOperator.Like => FilterValues.Like(Value(element, 0, e), Value(element, 1, e)),
            FilterOperator.InList => InList(element, e),
            FilterOperator.Between => FilterValues.And(
                FilterValues.Compare(Value(element, 0, e), Value(element, 1, e), FilterOperator.GreaterThanOrEqual),
                FilterValues.Compare(Value(element, 0, e), Value(element, 2, e), FilterOperator.LessThanOrEqual)),
            FilterOperator.Cast => Cast(Value(element, 0, e), Value(element, 1, e)),
            FilterOperator.BitwiseAnd or FilterOperator.BitwiseOr => FilterValues.Bits(Value(element, 0, e), Value(element, 1, e), element.Operator),
            _ => FilterValues.ToVariant(FilterValues.Compare(Value(element, 0, e), Value(element, 1, e), element.Operator)),
        };
    }

    private Variant InList(FilterElement element, UaEvent e)
    {
        var value = Value(element, 0, e);
        for (var i = 1; i < element.Operands.Length; i++)
            if (FilterValues.Compare(value, Value(element, i, e), FilterOperator.Equals) == true) return true;
        return false;
    }

    private Variant Cast(Variant value, Variant type) =>
        FilterValues.Identifier(type) is { } id && ValueTypes.BuiltInOf(_space, id) is { } builtIn ? FilterConversion.To(value, builtIn) : Variant.Null;

    private bool? Truth(FilterElement element, int operand, UaEvent e) => FilterValues.Truth(Value(element, operand, e));

    private Variant Value(FilterElement element, int operand, UaEvent e) => element.Operands[operand] switch
    {
        { Element: { } index } => Evaluate(index, e),
        { Field: { } field } => field.From(e, _space),
        var literal => literal.Literal,
    };
}

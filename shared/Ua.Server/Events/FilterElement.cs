using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Events;

/// <summary>One operator with its operands, made ready.</summary>
internal sealed record FilterElement(FilterOperator Operator, FilterOperand[] Operands);

/// <summary>One of: another element, a field of the event, a value.</summary>
internal readonly record struct FilterOperand(int? Element, FieldSelector? Field, Variant Literal);

/// <summary>Checks the elements of a content filter (Part 4, 7.7.2 and 7.7.3).</summary>
internal static class FilterElementReader
{
    public static ContentFilterElementResult Read(ContentFilterElement source, int index, int elementCount, AddressSpace space, out FilterElement element)
    {
        element = new FilterElement(source.FilterOperator, []);
        if (OperandCount(source.FilterOperator) is not { } count) return new(Unknown(source.FilterOperator), [], []);
        if (source.FilterOperands.Length < count.Least || source.FilterOperands.Length > count.Most) return new(StatusCodes.BadFilterOperandCountMismatch, [], []);
        var operands = new FilterOperand[source.FilterOperands.Length];
        var results = new StatusCode[operands.Length];
        for (var i = 0; i < operands.Length; i++) results[i] = ReadOperand(source.FilterOperands[i], index, elementCount, space, out operands[i]);
        element = new FilterElement(source.FilterOperator, operands);
        return Array.Exists(results, r => r.IsBad) ? new(StatusCodes.BadFilterOperandInvalid, results, []) : new(StatusCodes.Good, [], []);
    }

    private static StatusCode Unknown(FilterOperator op) => Enum.IsDefined(op) ? StatusCodes.BadFilterOperatorUnsupported : StatusCodes.BadFilterOperatorInvalid;

    /// <summary>How many operands an operator takes; null for InView and RelatedTo, which belong to queries.</summary>
    private static (int Least, int Most)? OperandCount(FilterOperator op) => op switch
    {
        FilterOperator.IsNull or FilterOperator.Not or FilterOperator.OfType => (1, 1),
        FilterOperator.Equals or FilterOperator.GreaterThan or FilterOperator.LessThan or FilterOperator.GreaterThanOrEqual
            or FilterOperator.LessThanOrEqual or FilterOperator.Like or FilterOperator.And or FilterOperator.Or
            or FilterOperator.Cast or FilterOperator.BitwiseAnd or FilterOperator.BitwiseOr => (2, 2),
        FilterOperator.Between => (3, 3),
        FilterOperator.InList => (2, 256),
        _ => null,
    };

    private static StatusCode ReadOperand(ExtensionObject source, int index, int elementCount, AddressSpace space, out FilterOperand operand)
    {
        operand = default;
        try
        {
            if (source.TryDecode<LiteralOperand>(out var literal))
            {
                operand = new FilterOperand(null, null, literal!.Value);
                return StatusCodes.Good;
            }

            if (source.TryDecode<ElementOperand>(out var element))
            {
                // An element may refer to later ones only, so that no filter can run in circles (Part 4, 7.7.4.2).
                if (element!.Index <= index || element.Index >= elementCount) return StatusCodes.BadFilterOperandInvalid;
                operand = new FilterOperand((int)element.Index, null, default);
                return StatusCodes.Good;
            }

            if (!source.TryDecode<SimpleAttributeOperand>(out var attribute)) return StatusCodes.BadFilterOperandInvalid;
            var status = FieldSelector.Read(attribute!, space, out var field);
            operand = new FilterOperand(null, field, default);
            return status;
        }
        catch (UaException e)
        {
            return e.StatusCode;
        }
    }
}

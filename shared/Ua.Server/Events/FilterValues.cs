using Ua.Core;

namespace Ua.Server.Events;

/// <summary>Comparison of operands with three outcomes: true, false, and unknown where they cannot be compared (Part 4, 7.7.3).</summary>
internal static class FilterValues
{
    public static bool? Truth(Variant value) => value.TryGet<bool>(out var truth) && !value.IsArray ? truth : null;

    public static Variant ToVariant(bool? truth) => truth is { } known ? known : Variant.Null;

    public static Variant And(bool? a, bool? b) => ToVariant(a == false || b == false ? false : a == true && b == true ? true : null);

    public static Variant Or(bool? a, bool? b) => ToVariant(a == true || b == true ? true : a == false && b == false ? false : null);

    public static Variant Not(bool? a) => ToVariant(!a);

    public static Variant Like(Variant text, Variant pattern)
    {
        if (Text(text) is not { } value || Text(pattern) is not { } like) return Variant.Null;
        return LikePattern.Matches(value, like);
    }

    public static bool? Compare(Variant a, Variant b, FilterOperator op)
    {
        if (a.Value is null || b.Value is null) return null;
        if (op == FilterOperator.Equals && a == b) return true;
        if (Order(a, b) is { } order)
        {
            return op switch
            {
                FilterOperator.Equals => order == 0,
                FilterOperator.GreaterThan => order > 0,
                FilterOperator.LessThan => order < 0,
                FilterOperator.GreaterThanOrEqual => order >= 0,
                _ => order <= 0,
            };
        }

        return op == FilterOperator.Equals ? SameKind(a, b) ? false : null : null;
    }

    /// <summary>Which of two values comes first; null where they have no order.</summary>
    private static int? Order(Variant a, Variant b)
    {
        if (a.IsArray || b.IsArray) return null;
        if (Integer(a.Value) is { } i && Integer(b.Value) is { } j) return i.CompareTo(j);
        if (Number(a.Value) is { } x && Number(b.Value) is { } y) return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
        if (a.Value is DateTime t && b.Value is DateTime u) return t.CompareTo(u);
        if (Text(a) is { } s && Text(b) is { } r) return string.CompareOrdinal(s, r);
        return null;
    }

    private static bool SameKind(Variant a, Variant b) =>
        (a.Type == b.Type && a.IsArray == b.IsArray) || (Identifier(a) is not null && Identifier(b) is not null);

    private static NodeId? Identifier(Variant value) => value.Value switch
    {
        NodeId id => id,
        ExpandedNodeId { IsLocal: true } id => id.NodeId,
        _ => null,
    };

    private static string? Text(Variant value) => value.IsArray
        ? null
        : value.Value switch
        {
            string text => text,
            LocalizedText text => text.Text,
            QualifiedName name => name.Name,
            _ => null,
        };

    private static decimal? Integer(object? value) => value switch
    {
        sbyte v => v,
        byte v => v,
        short v => v,
        ushort v => v,
        int v => v,
        uint v => v,
        long v => v,
        ulong v => v,
        StatusCode v => v.Code,
        _ => null,
    };

    private static double? Number(object? value) => value switch
    {
        float v => v,
        double v => v,
        _ => Integer(value) is { } v ? (double)v : null,
    };
}

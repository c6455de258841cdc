using Ua.Core;

namespace Ua.Server.Events;

/// <summary>Comparison of operands with three outcomes: true, false, and unknown where one is missing or has no order (Part 4, 7.7.3).</summary>
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

        if (SameKind(a, b)) return op == FilterOperator.Equals ? false : null;
        return FilterConversion.TryAlign(ref a, ref b) && Compare(a, b, op) == true;
    }

    /// <summary>AND or OR of the bits of two integers, as wide as the wider one.</summary>
    public static Variant Bits(Variant a, Variant b, FilterOperator op)
    {
        var wider = Width(a) >= Width(b) ? a.Type : b.Type;
        if (Width(a) == 0 || Width(b) == 0) return Variant.Null;
        var bits = op == FilterOperator.BitwiseAnd ? Bits(a) & Bits(b) : Bits(a) | Bits(b);
        return wider switch
        {
            BuiltInType.SByte => (sbyte)bits,
            BuiltInType.Byte => (byte)bits,
            BuiltInType.Int16 => (short)bits,
            BuiltInType.UInt16 => (ushort)bits,
            BuiltInType.Int32 => (int)bits,
            BuiltInType.UInt32 => (uint)bits,
            BuiltInType.Int64 => (long)bits,
            _ => (ulong)bits,
        };
    }

    /// <summary>In bytes; 0 for what is no integer.</summary>
    private static int Width(Variant value) => value.IsArray || value.Value is null
        ? 0
        : value.Type switch
        {
            BuiltInType.SByte or BuiltInType.Byte => 1,
            BuiltInType.Int16 or BuiltInType.UInt16 => 2,
            BuiltInType.Int32 or BuiltInType.UInt32 => 4,
            BuiltInType.Int64 or BuiltInType.UInt64 => 8,
            _ => 0,
        };

    private static Int128 Bits(Variant integer) => (Int128)Integer(integer.Value)!.Value;

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

    /// <summary>The id of a node of this server; null for all else.</summary>
    public static NodeId? Identifier(Variant value) => value.Value switch
    {
        NodeId id => id,
        ExpandedNodeId { IsLocal: true } id => id.NodeId,
        _ => null,
    };

    /// <summary>The words of a text or a name, whatever kind of text it is; null for all else.</summary>
    public static string? Text(Variant value) => value.IsArray
        ? null
        : value.Value switch
        {
            string text => text,
            LocalizedText text => text.Text,
            QualifiedName name => name.Name,
            _ => null,
        };

    /// <summary>Of integers and status codes.</summary>
    public static decimal? Integer(object? value) => value switch
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

    public static double? Number(object? value) => value switch
    {
        float v => v,
        double v => v,
        _ => Integer(value) is { } v ? (double)v : null,
    };
}

using System.Globalization;
using Ua.Core;

namespace Ua.Server.Events;

/// <summary>
/// Conversions between the built-in types for filters: on demand by a cast, and by themselves where two operands of different
/// types meet (Part 4, 7.7.3). A conversion that does not exist, or that the value does not survive, gives the null Variant.
/// </summary>
internal static class FilterConversion
{
    /// <summary>Brings two operands to the type of the one that takes precedence; false where none of both turns into the other by itself.</summary>
    public static bool TryAlign(ref Variant a, ref Variant b)
    {
        if (ByItself(a, b.Type) is { IsNull: false } first) a = first;
        else if (ByItself(b, a.Type) is { IsNull: false } second) b = second;
        else return false;
        return true;
    }

    /// <summary>A scalar as another type.</summary>
    public static Variant To(Variant value, BuiltInType type)
    {
        if (value.Value is null || value.IsArray) return Variant.Null;
        if (value.Type == type) return value;
        if (IsInteger(type)) return ToInteger(value, type);
        return type switch
        {
            BuiltInType.Boolean => ToBoolean(value),
            BuiltInType.Float => ToNumber(value) is { } n && float.IsFinite((float)n) ? (float)n : Variant.Null,
            BuiltInType.Double => ToNumber(value) is { } n ? n : Variant.Null,
            BuiltInType.String => ToText(value) is { } text ? text : Variant.Null,
            BuiltInType.DateTime => value.Value is string s && DateTime.TryParse(s, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : Variant.Null,
            BuiltInType.Guid => ToGuid(value),
            BuiltInType.ByteString => value.Value is Guid id ? Variant.Scalar(type, id.ToByteArray()) : Variant.Null,
            BuiltInType.NodeId => ToNodeId(value) is { } id ? id : Variant.Null,
            BuiltInType.ExpandedNodeId => ToNodeId(value) is { } id ? Variant.Scalar(type, new ExpandedNodeId(id)) : Variant.Null,
            BuiltInType.StatusCode => ToInteger(value, BuiltInType.UInt32) is { Value: uint code } ? Variant.Scalar(type, new StatusCode(code)) : Variant.Null,
            BuiltInType.QualifiedName => value.Value is string name ? Variant.Scalar(type, new QualifiedName(name)) : Variant.Null,
            BuiltInType.LocalizedText => value.Value switch
            {
                string words => Variant.Scalar(type, new LocalizedText(words)),
                QualifiedName qualified => Variant.Scalar(type, new LocalizedText(qualified.Name)),
                _ => Variant.Null,
            },
            _ => Variant.Null,
        };
    }

    /// <summary>The conversions that happen without a cast, from the type of less precedence to the one of more.</summary>
    private static Variant ByItself(Variant value, BuiltInType type) => value.Type switch
    {
        BuiltInType.Boolean when IsNumber(type) => To(value, type),
        BuiltInType.String when IsNumber(type) || type is BuiltInType.Boolean or BuiltInType.Guid => To(value, type),
        BuiltInType.NodeId or BuiltInType.ExpandedNodeId when type == BuiltInType.String => To(value, type),
        _ => Variant.Null,
    };

    private static bool IsInteger(BuiltInType type) => type is >= BuiltInType.SByte and <= BuiltInType.UInt64;

    private static bool IsNumber(BuiltInType type) => IsInteger(type) || type is BuiltInType.Float or BuiltInType.Double;

    private static Variant ToInteger(Variant value, BuiltInType type)
    {
        try
        {
            var whole = value.Value switch
            {
                bool truth => truth ? 1m : 0m,
                string text => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Rounded(number) : (decimal?)null,
                float or double => Rounded(Convert.ToDecimal(value.Value, CultureInfo.InvariantCulture)),
                StatusCode status => type is BuiltInType.Int16 or BuiltInType.UInt16 ? status.Code >> 16 : status.Code,
                _ => FilterValues.Integer(value.Value),
            };
            return whole is { } exact ? Variant.Scalar(type, Narrowed(exact, type)) : Variant.Null;
        }
        catch (OverflowException)
        {
            return Variant.Null;
        }
    }

    // A value halfway between two whole numbers goes up.
    private static decimal Rounded(decimal value) => decimal.Floor(value + 0.5m);

    private static object Narrowed(decimal value, BuiltInType type) => type switch
    {
        BuiltInType.SByte => (sbyte)value,
        BuiltInType.Byte => (byte)value,
        BuiltInType.Int16 => (short)value,
        BuiltInType.UInt16 => (ushort)value,
        BuiltInType.Int32 => (int)value,
        BuiltInType.UInt32 => (uint)value,
        BuiltInType.Int64 => (long)value,
        _ => (ulong)value,
    };

    private static double? ToNumber(Variant value) => value.Value switch
    {
        bool truth => truth ? 1 : 0,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        StatusCode => null,
        _ => FilterValues.Number(value.Value),
    };

    private static Variant ToBoolean(Variant value) => value.Value switch
    {
        "1" => true,
        "0" => false,
        string text => bool.TryParse(text, out var truth) ? truth : Variant.Null,
        StatusCode => Variant.Null,
        _ => FilterValues.Number(value.Value) is { } number ? (number != 0) : Variant.Null,
    };

    private static Variant ToGuid(Variant value) => value.Value switch
    {
        string text => Guid.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : Variant.Null,
        byte[] { Length: 16 } bytes => new Guid(bytes),
        _ => Variant.Null,
    };

    private static NodeId? ToNodeId(Variant value) => value.Value is string text
        ? NodeId.TryParse(text, out var id) ? id : null
        : FilterValues.Identifier(value);

    private static string? ToText(Variant value) => value.Value switch
    {
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        NodeId or ExpandedNodeId or Guid => value.Value.ToString(),
        StatusCode or byte[] => null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => FilterValues.Text(value),
    };
}

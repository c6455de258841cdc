using System.Globalization;
using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Reads the value column of a node table.</summary>
internal sealed class TableValue(NodeTableParser parser)
{
    private delegate T ReadItem<T>(ReadOnlySpan<byte> text);

    public Variant Read(ReadOnlySpan<byte> text)
    {
        var kind = Cut.Next(ref text, (byte)' ');
        var isArray = kind.EndsWith("[]"u8);
        if (isArray) kind = kind[..^2];
        return parser.Text(kind) switch
        {
            "Boolean" => Of(BuiltInType.Boolean, isArray, text, t => t.SequenceEqual("true"u8)),
            "Byte" => Of(BuiltInType.Byte, isArray, text, t => checked((byte)Cut.Unsigned(t))),
            "Int32" => Of(BuiltInType.Int32, isArray, text, Cut.Number),
            "UInt32" => Of(BuiltInType.UInt32, isArray, text, Cut.Unsigned),
            "Int64" => Of(BuiltInType.Int64, isArray, text, Cut.Long),
            "UInt64" => Of(BuiltInType.UInt64, isArray, text, t => ulong.Parse(t, CultureInfo.InvariantCulture)),
            "Double" => Of(BuiltInType.Double, isArray, text, t => double.Parse(t, CultureInfo.InvariantCulture)),
            "String" => Of(BuiltInType.String, isArray, text, parser.Text),
            "DateTime" => Of(BuiltInType.DateTime, isArray, text, Time),
            "LocalizedText" => Of(BuiltInType.LocalizedText, isArray, text, Localized),
            "Argument" => Of(BuiltInType.ExtensionObject, isArray, text, Argument),
            "EnumValueType" => Of(BuiltInType.ExtensionObject, isArray, text, EnumValue),
            "EUInformation" => Of(BuiltInType.ExtensionObject, isArray, text, Unit),
            var other => throw new FormatException($"'{other}' is not a kind of value."),
        };
    }

    private static Variant Of<T>(BuiltInType type, bool isArray, ReadOnlySpan<byte> text, ReadItem<T> item)
    {
        if (!isArray) return Variant.Scalar(type, item(text));
        List<T> items = [];
        while (!text.IsEmpty) items.Add(item(Cut.Next(ref text, (byte)'|')));
        return Variant.Array(type, items.ToArray());
    }

    private DateTime Time(ReadOnlySpan<byte> text) => DateTime.Parse(
        parser.Text(text), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private LocalizedText Localized(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("["u8)) return new LocalizedText(parser.Text(text));
        var locale = parser.Text(Cut.Next(ref text, (byte)']')[1..]);
        return new LocalizedText(locale, parser.Text(text));
    }

    private ExtensionObject Argument(ReadOnlySpan<byte> text)
    {
        var name = parser.Text(Cut.Next(ref text, (byte)':'));
        var (type, rank, dimensions) = parser.Shaped(text);
        return ExtensionObject.Of(new Argument(name, type, rank, dimensions));
    }

    private ExtensionObject EnumValue(ReadOnlySpan<byte> text)
    {
        var number = Cut.Long(Cut.Next(ref text, (byte)'='));
        return ExtensionObject.Of(new EnumValueType(number, Localized(text)));
    }

    private ExtensionObject Unit(ReadOnlySpan<byte> text)
    {
        var uri = parser.Text(Cut.Next(ref text, (byte)';'));
        var id = Cut.Number(Cut.Next(ref text, (byte)';'));
        var name = Localized(Cut.Next(ref text, (byte)';'));
        return ExtensionObject.Of(new EUInformation(uri, id, name, Localized(text)));
    }
}

using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Reads the definition column of a node table.</summary>
internal sealed class TableContent(NodeTableParser parser)
{
    public DataTypeContent? Read(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return null;
        var kind = parser.Text(Cut.Next(ref text, (byte)' '));
        return kind switch
        {
            "structure" or "union" => new StructureContent(kind == "union", Fields(text)),
            "enum" or "options" => new EnumerationContent(Values(text)),
            _ => throw new FormatException($"'{kind}' is not a kind of definition."),
        };
    }

    private DataTypeField[] Fields(ReadOnlySpan<byte> text)
    {
        List<DataTypeField> fields = [];
        while (!text.IsEmpty)
        {
            var item = Cut.Next(ref text, (byte)';');
            var name = parser.Text(Cut.Next(ref item, (byte)':'));
            var allowsSubtypes = item.EndsWith("*"u8);
            if (allowsSubtypes) item = item[..^1];
            var isOptional = item.EndsWith("?"u8);
            if (isOptional) item = item[..^1];
            var (type, rank, dimensions) = parser.Shaped(item);
            fields.Add(new DataTypeField(new StructureField(name, default, type, rank, dimensions), isOptional, allowsSubtypes));
        }

        return [.. fields];
    }

    private EnumField[] Values(ReadOnlySpan<byte> text)
    {
        List<EnumField> values = [];
        while (!text.IsEmpty)
        {
            var item = Cut.Next(ref text, (byte)';');
            var name = parser.Text(Cut.Next(ref item, (byte)'='));
            values.Add(new EnumField(Cut.Long(item), new LocalizedText(name), default, name));
        }

        return [.. values];
    }
}

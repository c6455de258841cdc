namespace Ua.Server.Nodes;

/// <summary>The columns of one line of a node table.</summary>
internal readonly ref struct TableRow
{
    public TableRow(ReadOnlySpan<byte> line)
    {
        Id = Cut.Next(ref line, (byte)'\t');
        Class = Cut.Next(ref line, (byte)'\t');
        BrowseName = Cut.Next(ref line, (byte)'\t');
        References = Cut.Next(ref line, (byte)'\t');
        DataType = Cut.Next(ref line, (byte)'\t');
        Attributes = Cut.Next(ref line, (byte)'\t');
        Definition = Cut.Next(ref line, (byte)'\t');
        Value = line;
    }

    public ReadOnlySpan<byte> Id { get; }

    public ReadOnlySpan<byte> Class { get; }

    public ReadOnlySpan<byte> BrowseName { get; }

    public ReadOnlySpan<byte> References { get; }

    public ReadOnlySpan<byte> DataType { get; }

    public ReadOnlySpan<byte> Attributes { get; }

    public ReadOnlySpan<byte> Definition { get; }

    public ReadOnlySpan<byte> Value { get; }
}

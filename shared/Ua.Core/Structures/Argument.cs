namespace Ua.Core;

/// <summary>One input or output argument of a method (Part 3, 8.6). ValueRank -1 is a scalar, 1 a one-dimensional array.</summary>
public sealed record Argument(string? Name, NodeId DataType, int ValueRank = -1, uint[]? ArrayDimensions = null, LocalizedText Description = default)
    : IUaEncodable<Argument>
{
    public static uint BinaryEncodingId => 298;

    public void Write(ref UaWriter w)
    {
        w.String(Name);
        w.NodeId(DataType);
        w.Int32(ValueRank);
        w.UInt32Array(ArrayDimensions);
        w.LocalizedText(Description);
    }

    public static Argument Read(ref UaReader r) => new(
        Name: r.String(),
        DataType: r.NodeId(),
        ValueRank: r.Int32(),
        ArrayDimensions: r.UInt32Array(),
        Description: r.LocalizedText());
}

namespace Ua.Core;

/// <summary>
/// One field of a structure (Part 3, 8.51). <see cref="IsOptional"/> means "may carry a subtype" where the structure type
/// is one with subtyped values.
/// </summary>
public sealed record StructureField(
    string? Name,
    LocalizedText Description,
    NodeId DataType,
    int ValueRank = -1,
    uint[]? ArrayDimensions = null,
    uint MaxStringLength = 0,
    bool IsOptional = false)
    : IUaEncodable<StructureField>
{
    public static uint BinaryEncodingId => 14844;

    public void Write(ref UaWriter w)
    {
        w.String(Name);
        w.LocalizedText(Description);
        w.NodeId(DataType);
        w.Int32(ValueRank);
        w.UInt32Array(ArrayDimensions);
        w.UInt32(MaxStringLength);
        w.Boolean(IsOptional);
    }

    public static StructureField Read(ref UaReader r) => new(
        Name: r.String(),
        Description: r.LocalizedText(),
        DataType: r.NodeId(),
        ValueRank: r.Int32(),
        ArrayDimensions: r.UInt32Array(),
        MaxStringLength: r.UInt32(),
        IsOptional: r.Boolean());
}

namespace Ua.Core;

/// <summary>How the fields of a structure are encoded (Part 3, 8.49).</summary>
public enum StructureType
{
    Structure = 0,
    StructureWithOptionalFields = 1,
    Union = 2,
    StructureWithSubtypedValues = 3,
    UnionWithSubtypedValues = 4,
}

/// <summary>The fields of a structured data type, those of its supertypes first (Part 3, 8.48).</summary>
public sealed record StructureDefinition(NodeId DefaultEncodingId, NodeId BaseDataType, StructureType StructureType, StructureField[] Fields)
    : IUaEncodable<StructureDefinition>
{
    public static uint BinaryEncodingId => 122;

    public void Write(ref UaWriter w)
    {
        w.NodeId(DefaultEncodingId);
        w.NodeId(BaseDataType);
        w.Enum(StructureType);
        w.StructureArray(Fields);
    }

    public static StructureDefinition Read(ref UaReader r) => new(
        DefaultEncodingId: r.NodeId(),
        BaseDataType: r.NodeId(),
        StructureType: r.Enum<StructureType>(),
        Fields: r.StructureArray<StructureField>());
}

using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Tells whether a value fits the data type, value rank and dimensions of a variable or argument (Part 3, 5.6.2).</summary>
public static class ValueTypes
{
    private const uint Number = 26, Integer = 27, UInteger = 28, Enumeration = 29, DataValueType = 23;

    public static bool Fits(AddressSpace space, Variant value, NodeId dataType, int valueRank, uint[]? dimensions)
    {
        var carrier = Carrier(space, dataType);
        if (value.IsNull) return carrier == (uint)BuiltInType.Variant;
        return TypeFits(space, value, dataType, carrier) && RankFits(value, valueRank, dimensions ?? []);
    }

    /// <summary>
    /// The built-in type (or Number, Integer, UInteger, Enumeration) that a data type is derived from, by its id in
    /// namespace 0; that of BaseDataType where the data type is unknown.
    /// </summary>
    public static uint Carrier(AddressSpace space, NodeId dataType)
    {
        for (var type = space.Find(dataType) as TypeNode; type is not null; type = type.SuperType)
            if (type.Id is { NamespaceIndex: 0, IdType: IdType.Numeric, Numeric: > 0 and <= Enumeration }) return type.Id.Numeric;
        return (uint)BuiltInType.Variant;
    }

    /// <summary>The built-in type of the values of a data type; null where they may be of several, or the data type is unknown.</summary>
    public static BuiltInType? BuiltInOf(AddressSpace space, NodeId dataType) => Carrier(space, dataType) switch
    {
        Enumeration => BuiltInType.Int32,
        var carrier and < (uint)BuiltInType.Variant => (BuiltInType)carrier,
        _ => null,
    };

    private static bool TypeFits(AddressSpace space, Variant value, NodeId dataType, uint carrier) => carrier switch
    {
        (uint)BuiltInType.Variant => true,
        Number => value.Type is >= BuiltInType.SByte and <= BuiltInType.Double || IsVariantArray(value),
        Integer => value.Type is BuiltInType.SByte or BuiltInType.Int16 or BuiltInType.Int32 or BuiltInType.Int64 || IsVariantArray(value),
        UInteger => value.Type is BuiltInType.Byte or BuiltInType.UInt16 or BuiltInType.UInt32 or BuiltInType.UInt64 || IsVariantArray(value),
        Enumeration => value.Type == BuiltInType.Int32,
        DataValueType => value.Type == BuiltInType.DataValue,
        (uint)BuiltInType.ExtensionObject => value.Type == BuiltInType.ExtensionObject && StructuresFit(space, value, dataType),
        _ => (uint)value.Type == carrier,
    };

    /// <summary>An array whose elements may differ in type is an array of Variant (Part 6, 5.1.6).</summary>
    private static bool IsVariantArray(Variant value) => value is { IsArray: true, Type: BuiltInType.Variant };

    private static bool StructuresFit(AddressSpace space, Variant value, NodeId dataType) => value.Value switch
    {
        ExtensionObject one => StructureFits(space, one, dataType),
        ExtensionObject[] many => Array.TrueForAll(many, e => StructureFits(space, e, dataType)),
        _ => true,
    };

    private static bool StructureFits(AddressSpace space, ExtensionObject value, NodeId dataType) =>
        value.IsNull || dataType == new NodeId((uint)BuiltInType.ExtensionObject) || (space.DataTypeOfEncoding(value.TypeId)?.Is(dataType) ?? false);

    private static bool RankFits(Variant value, int valueRank, uint[] dimensions)
    {
        var rank = !value.IsArray ? 0 : value.Dimensions?.Length ?? 1;
        var fits = valueRank switch
        {
            ValueRanks.ScalarOrOneDimension => rank <= 1,
            ValueRanks.Any => true,
            ValueRanks.Scalar => rank == 0,
            ValueRanks.OneOrMoreDimensions => rank >= 1,
            _ => rank == valueRank,
        };
        if (!fits || rank == 0 || dimensions.Length != rank) return fits;
        int[] lengths = value.Dimensions ?? [(value.Value as Array)?.Length ?? 0];
        for (var d = 0; d < rank; d++)
            if (dimensions[d] != 0 && lengths[d] > dimensions[d]) return false;
        return true;
    }
}

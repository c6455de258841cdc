using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>A data type (Part 3, 5.8.3) with the fields that it adds to those of its supertype.</summary>
public sealed class DataTypeNode(NodeId id, QualifiedName browseName) : TypeNode(id, browseName)
{
    public static readonly NodeId BaseDataType = new((uint)BuiltInType.Variant);

    private static readonly QualifiedName s_defaultBinary = new("Default Binary");

    public override NodeClass Class => NodeClass.DataType;

    /// <summary>The fields, values or bits that this type defines itself; null where it has no definition.</summary>
    public DataTypeContent? Content { get; init; }

    /// <summary>The id of the "Default Binary" encoding; null for types without one.</summary>
    public NodeId DefaultEncodingId
    {
        get
        {
            foreach (var reference in References)
            {
                if (reference.IsForward && reference.Type.Id == ReferenceTypeIds.HasEncoding && reference.Target.BrowseName == s_defaultBinary)
                    return reference.Target.Id;
            }

            return NodeId.Null;
        }
    }

    /// <summary>The DataTypeDefinition attribute (Part 3, 8.48 and 8.50); null for types that have none.</summary>
    public ExtensionObject? Definition() => Content switch
    {
        EnumerationContent values => ExtensionObject.Of(new EnumDefinition(values.Fields)),
        StructureContent => ExtensionObject.Of(Structure()),
        _ => null,
    };

    private StructureDefinition Structure()
    {
        var fields = InheritedFields();
        var isUnion = ((StructureContent)Content!).IsUnion;
        var type = (isUnion, fields.Any(f => f.AllowsSubtypes), fields.Any(f => f.IsOptional)) switch
        {
            (true, true, _) => StructureType.UnionWithSubtypedValues,
            (true, false, _) => StructureType.Union,
            (false, true, _) => StructureType.StructureWithSubtypedValues,
            (false, false, true) => StructureType.StructureWithOptionalFields,
            (false, false, false) => StructureType.Structure,
        };
        return new StructureDefinition(
            DefaultEncodingId: IsAbstract ? NodeId.Null : DefaultEncodingId,
            BaseDataType: SuperType?.Id ?? NodeId.Null,
            StructureType: type,
            Fields: [.. fields.Select(f => f.Field with { IsOptional = f.IsOptional || f.AllowsSubtypes })]);
    }

    /// <summary>The fields on the wire: those of the supertypes come first.</summary>
    private List<DataTypeField> InheritedFields()
    {
        var inherited = SuperType is DataTypeNode { Content: StructureContent } super ? super.InheritedFields() : [];
        inherited.AddRange(((StructureContent)Content!).Fields);
        return inherited;
    }
}

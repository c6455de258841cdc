namespace Ua.Core;

public ref partial struct UaReader
{
    public Variant Variant()
    {
        var mask = Byte();
        var number = mask & 0x3F;
        var isArray = (mask & 0x80) != 0;
        var hasDimensions = (mask & 0x40) != 0;
        if (number == 0) return mask == 0 ? default : throw Malformed("a null variant has array bits");
        if (number > 31) throw Malformed($"a variant has the type number {number}");
        if (hasDimensions && !isArray) throw Malformed("a scalar variant has dimensions");

        // Numbers 26 to 31 are reserved and read as ByteString (Part 6, 5.2.2.16).
        var type = number > 25 ? BuiltInType.ByteString : (BuiltInType)number;
        Enter();
        var value = isArray ? VariantArrayBody(type) : VariantScalarBody(type);
        var dimensions = hasDimensions ? Dimensions(((Array?)value)?.Length ?? 0) : null;
        Leave();
        return Core.Variant.Decoded(type, value, isArray, dimensions);
    }

    public DataValue DataValue()
    {
        var mask = Byte();
        if ((mask & 0xC0) != 0) throw Malformed($"a DataValue has the mask 0x{mask:X2}");
        if (mask == 0) return Core.DataValue.Empty;
        Enter();
        var value = (mask & 0x01) != 0 ? Variant() : default;
        Leave();
        StatusCode status = (mask & 0x02) != 0 ? StatusCode() : default;
        DateTime? source = (mask & 0x04) != 0 ? DateTime() : null;
        var sourcePicoseconds = (mask & 0x10) != 0 ? UInt16() : (ushort)0;
        DateTime? server = (mask & 0x08) != 0 ? DateTime() : null;
        var serverPicoseconds = (mask & 0x20) != 0 ? UInt16() : (ushort)0;
        return new(value, status, source, sourcePicoseconds, server, serverPicoseconds);
    }

    public DiagnosticInfo DiagnosticInfo()
    {
        var mask = Byte();
        if ((mask & 0x80) != 0) throw Malformed($"a DiagnosticInfo has the mask 0x{mask:X2}");
        if (mask == 0) return Core.DiagnosticInfo.Empty;
        Enter();
        int? symbolicId = (mask & 0x01) != 0 ? Int32() : null;
        int? namespaceUri = (mask & 0x02) != 0 ? Int32() : null;
        int? locale = (mask & 0x08) != 0 ? Int32() : null;
        int? text = (mask & 0x04) != 0 ? Int32() : null;
        var additional = (mask & 0x10) != 0 ? String() : null;
        StatusCode? innerStatus = (mask & 0x20) != 0 ? StatusCode() : null;
        var inner = (mask & 0x40) != 0 ? DiagnosticInfo() : null;
        Leave();
        return new(symbolicId, namespaceUri, locale, text, additional, innerStatus, inner);
    }

    /// <summary>The body stays bytes; whoever knows the type decodes it.</summary>
    public ExtensionObject ExtensionObject()
    {
        var typeId = NodeId();
        var encoding = Byte();
        return encoding switch
        {
            0 => typeId.IsNull ? Core.ExtensionObject.Null : new(typeId, ExtensionObjectEncoding.None, null),
            1 => new(typeId, ExtensionObjectEncoding.Binary, ByteString()),
            2 => new(typeId, ExtensionObjectEncoding.Xml, ByteString()),
            _ => throw Malformed($"an ExtensionObject has the encoding {encoding}"),
        };
    }

    private object? VariantScalarBody(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => Boolean(),
        BuiltInType.SByte => SByte(),
        BuiltInType.Byte => Byte(),
        BuiltInType.Int16 => Int16(),
        BuiltInType.UInt16 => UInt16(),
        BuiltInType.Int32 => Int32(),
        BuiltInType.UInt32 => UInt32(),
        BuiltInType.Int64 => Int64(),
        BuiltInType.UInt64 => UInt64(),
        BuiltInType.Float => Float(),
        BuiltInType.Double => Double(),
        BuiltInType.String => String(),
        BuiltInType.DateTime => DateTime(),
        BuiltInType.Guid => Guid(),
        BuiltInType.ByteString => ByteString(),
        BuiltInType.XmlElement => XmlElement(),
        BuiltInType.NodeId => NodeId(),
        BuiltInType.ExpandedNodeId => ExpandedNodeId(),
        BuiltInType.StatusCode => StatusCode(),
        BuiltInType.QualifiedName => QualifiedName(),
        BuiltInType.LocalizedText => LocalizedText(),
        BuiltInType.ExtensionObject => ExtensionObject(),
        BuiltInType.DataValue => DataValue(),
        BuiltInType.DiagnosticInfo => DiagnosticInfo(),
        _ => throw Malformed("a variant holds a variant that is not in an array"),
    };

    private Array? VariantArrayBody(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => NullableArray(static (ref UaReader r) => r.Boolean()),
        BuiltInType.SByte => NullableArray(static (ref UaReader r) => r.SByte()),
        BuiltInType.Byte => ByteString(),
        BuiltInType.Int16 => NullableArray(static (ref UaReader r) => r.Int16()),
        BuiltInType.UInt16 => NullableArray(static (ref UaReader r) => r.UInt16()),
        BuiltInType.Int32 => NullableArray(static (ref UaReader r) => r.Int32()),
        BuiltInType.UInt32 => NullableArray(static (ref UaReader r) => r.UInt32()),
        BuiltInType.Int64 => NullableArray(static (ref UaReader r) => r.Int64()),
        BuiltInType.UInt64 => NullableArray(static (ref UaReader r) => r.UInt64()),
        BuiltInType.Float => NullableArray(static (ref UaReader r) => r.Float()),
        BuiltInType.Double => NullableArray(static (ref UaReader r) => r.Double()),
        BuiltInType.String => NullableArray(static (ref UaReader r) => r.String()),
        BuiltInType.DateTime => NullableArray(static (ref UaReader r) => r.DateTime()),
        BuiltInType.Guid => NullableArray(static (ref UaReader r) => r.Guid()),
        BuiltInType.ByteString => NullableArray(static (ref UaReader r) => r.ByteString()),
        BuiltInType.XmlElement => NullableArray(static (ref UaReader r) => r.XmlElement()),
        BuiltInType.NodeId => NullableArray(static (ref UaReader r) => r.NodeId()),
        BuiltInType.ExpandedNodeId => NullableArray(static (ref UaReader r) => r.ExpandedNodeId()),
        BuiltInType.StatusCode => NullableArray(static (ref UaReader r) => r.StatusCode()),
        BuiltInType.QualifiedName => NullableArray(static (ref UaReader r) => r.QualifiedName()),
        BuiltInType.LocalizedText => NullableArray(static (ref UaReader r) => r.LocalizedText()),
        BuiltInType.ExtensionObject => NullableArray(static (ref UaReader r) => r.ExtensionObject()),
        BuiltInType.DataValue => NullableArray(static (ref UaReader r) => r.DataValue()),
        BuiltInType.Variant => NullableArray(static (ref UaReader r) => r.Variant()),
        _ => NullableArray(static (ref UaReader r) => r.DiagnosticInfo()),
    };

    private int[]? Dimensions(int elements)
    {
        var dimensions = NullableArray(static (ref UaReader r) => r.Int32());
        if (dimensions is null or { Length: 0 }) return null;
        long product = System.Array.IndexOf(dimensions, 0) >= 0 ? 0 : 1;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0) throw Malformed($"a matrix has the dimension {dimension}");
            product *= dimension;
            if (product > elements) break;
        }

        if (product != elements) throw Malformed("the dimensions of a matrix do not fit its number of elements");
        return dimensions.Length == 1 ? null : dimensions;
    }
}

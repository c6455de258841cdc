namespace Ua.Core;

public ref partial struct UaWriter
{
    private const byte ArrayBit = 0x80;
    private const byte DimensionsBit = 0x40;

    public void Variant(Variant value)
    {
        if (value.IsNull)
        {
            Byte(0);
            return;
        }

        var mask = (byte)value.Type;
        if (!value.IsArray)
        {
            Byte(mask);
            VariantScalar(value.Type, value.Value);
            return;
        }

        Byte((byte)(mask | ArrayBit | (value.Dimensions is null ? 0 : DimensionsBit)));
        VariantArray(value.Type, (Array?)value.Value);
        if (value.Dimensions is not null) Array(value.Dimensions, static (ref UaWriter w, int d) => w.Int32(d));
    }

    public void DataValue(DataValue? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var mask = 0;
        if (!value.Value.IsNull) mask |= 0x01;
        if (value.Status.Code != 0) mask |= 0x02;
        if (value.SourceTimestamp is not null) mask |= 0x04;
        if (value.ServerTimestamp is not null) mask |= 0x08;
        if (value.SourcePicoseconds != 0) mask |= 0x10;
        if (value.ServerPicoseconds != 0) mask |= 0x20;
        Byte((byte)mask);
        if ((mask & 0x01) != 0) Variant(value.Value);
        if ((mask & 0x02) != 0) StatusCode(value.Status);
        if (value.SourceTimestamp is { } source) DateTime(source);
        if ((mask & 0x10) != 0) UInt16(value.SourcePicoseconds);
        if (value.ServerTimestamp is { } server) DateTime(server);
        if ((mask & 0x20) != 0) UInt16(value.ServerPicoseconds);
    }

    public void DiagnosticInfo(DiagnosticInfo? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var mask = 0;
        if (value.SymbolicId is not null) mask |= 0x01;
        if (value.NamespaceUri is not null) mask |= 0x02;
        if (value.LocalizedText is not null) mask |= 0x04;
        if (value.Locale is not null) mask |= 0x08;
        if (value.AdditionalInfo is not null) mask |= 0x10;
        if (value.InnerStatusCode is not null) mask |= 0x20;
        if (value.InnerDiagnosticInfo is not null) mask |= 0x40;
        Byte((byte)mask);
        if (value.SymbolicId is { } symbolicId) Int32(symbolicId);
        if (value.NamespaceUri is { } namespaceUri) Int32(namespaceUri);
        if (value.Locale is { } locale) Int32(locale);
        if (value.LocalizedText is { } text) Int32(text);
        if (value.AdditionalInfo is not null) String(value.AdditionalInfo);
        if (value.InnerStatusCode is { } inner) StatusCode(inner);
        if (value.InnerDiagnosticInfo is not null) DiagnosticInfo(value.InnerDiagnosticInfo);
    }

    public void ExtensionObject(ExtensionObject? value)
    {
        value ??= Core.ExtensionObject.Null;
        NodeId(value.TypeId);
        Byte((byte)value.Encoding);
        if (value.Encoding != ExtensionObjectEncoding.None) ByteString(value.Body);
    }

    private void VariantScalar(BuiltInType type, object? value)
    {
        switch (type)
        {
            case BuiltInType.Boolean: Boolean((bool)value!); break;
            case BuiltInType.SByte: SByte((sbyte)value!); break;
            case BuiltInType.Byte: Byte((byte)value!); break;
            case BuiltInType.Int16: Int16((short)value!); break;
            case BuiltInType.UInt16: UInt16((ushort)value!); break;
            case BuiltInType.Int32: Int32((int)value!); break;
            case BuiltInType.UInt32: UInt32((uint)value!); break;
            case BuiltInType.Int64: Int64((long)value!); break;
            case BuiltInType.UInt64: UInt64((ulong)value!); break;
            case BuiltInType.Float: Float((float)value!); break;
            case BuiltInType.Double: Double((double)value!); break;
            case BuiltInType.String: String((string?)value); break;
            case BuiltInType.DateTime: DateTime((DateTime)value!); break;
            case BuiltInType.Guid: Guid((Guid)value!); break;
            case BuiltInType.ByteString: ByteString((byte[]?)value); break;
            case BuiltInType.XmlElement: XmlElement((XmlElement)value!); break;
            case BuiltInType.NodeId: NodeId((NodeId)value!); break;
            case BuiltInType.ExpandedNodeId: ExpandedNodeId((ExpandedNodeId)value!); break;
            case BuiltInType.StatusCode: StatusCode((StatusCode)value!); break;
            case BuiltInType.QualifiedName: QualifiedName((QualifiedName)value!); break;
            case BuiltInType.LocalizedText: LocalizedText((LocalizedText)value!); break;
            case BuiltInType.ExtensionObject: ExtensionObject((ExtensionObject?)value); break;
            case BuiltInType.DataValue: DataValue((DataValue?)value); break;
            case BuiltInType.Variant: Variant((Variant)value!); break;
            case BuiltInType.DiagnosticInfo: DiagnosticInfo((DiagnosticInfo?)value); break;
            default: throw new UaException(StatusCodes.BadEncodingError, $"A variant cannot carry type number {(byte)type}.");
        }
    }

    private void VariantArray(BuiltInType type, Array? values)
    {
        switch (values)
        {
            case null: Int32(-1); break;
            case byte[] bytes: ByteString(bytes); break;
            case int[] numbers: Array(numbers, static (ref UaWriter w, int v) => w.Int32(v)); break;
            case double[] numbers: Array(numbers, static (ref UaWriter w, double v) => w.Double(v)); break;
            case string?[] texts: StringArray(texts); break;
            case byte[]?[] byteStrings: ByteStringArray(byteStrings); break;
            default:
                Int32(values.Length);
                foreach (var element in values) VariantScalar(type, element);
                break;
        }
    }
}

namespace Ua.Core;

/// <summary>Writes one element of an array.</summary>
public delegate void WriteElement<T>(ref UaWriter w, T element);

public ref partial struct UaWriter
{
    /// <summary>Int32 count, then the elements; null is -1 (Part 6, 5.2.5).</summary>
    public void Array<T>(T[]? values, WriteElement<T> element)
    {
        if (values is null)
        {
            Int32(-1);
            return;
        }

        Int32(values.Length);
        foreach (var value in values) element(ref this, value);
    }

    public void StructureArray<T>(T[]? values)
        where T : IUaStructure<T> => Array(values, static (ref UaWriter w, T v) => v.Write(ref w));

    public void StringArray(string?[]? values) => Array(values, static (ref UaWriter w, string? v) => w.String(v));

    public void ByteStringArray(byte[]?[]? values) => Array(values, static (ref UaWriter w, byte[]? v) => w.ByteString(v));

    public void NodeIdArray(NodeId[]? values) => Array(values, static (ref UaWriter w, NodeId v) => w.NodeId(v));

    public void UInt32Array(uint[]? values) => Array(values, static (ref UaWriter w, uint v) => w.UInt32(v));

    public void StatusCodeArray(StatusCode[]? values) => Array(values, static (ref UaWriter w, StatusCode v) => w.StatusCode(v));

    public void VariantArray(Variant[]? values) => Array(values, static (ref UaWriter w, Variant v) => w.Variant(v));

    public void DataValueArray(DataValue[]? values) => Array(values, static (ref UaWriter w, DataValue v) => w.DataValue(v));

    public void DiagnosticInfoArray(DiagnosticInfo?[]? values) => Array(values, static (ref UaWriter w, DiagnosticInfo? v) => w.DiagnosticInfo(v));

    public void ExtensionObjectArray(ExtensionObject[]? values) => Array(values, static (ref UaWriter w, ExtensionObject v) => w.ExtensionObject(v));

    public void LocalizedTextArray(LocalizedText[]? values) => Array(values, static (ref UaWriter w, LocalizedText v) => w.LocalizedText(v));

    public void QualifiedNameArray(QualifiedName[]? values) => Array(values, static (ref UaWriter w, QualifiedName v) => w.QualifiedName(v));
}

namespace Ua.Core;

/// <summary>Reads one element of an array.</summary>
public delegate T ReadElement<T>(ref UaReader r);

public ref partial struct UaReader
{
    /// <summary>
    /// Int32 count, then the elements; -1 is null. Every element takes a byte at least, so the count is bound by the bytes
    /// left, less those that the arrays around this one still need: nested counts cannot claim the same bytes twice.
    /// </summary>
    public T[]? NullableArray<T>(ReadElement<T> element)
    {
        var count = Length(_limits.MaxArrayLength, "array");
        if (count < 0) return null;
        if (count == 0) return [];
        if (count > Remaining - _claimed) throw Malformed($"an array of {count} does not fit the bytes left to it");
        _claimed += count;
        var values = new T[count];
        for (var i = 0; i < count; i++)
        {
            _claimed--;
            values[i] = element(ref this);
        }

        return values;
    }

    /// <summary>An array in which null and empty mean the same.</summary>
    public T[] Array<T>(ReadElement<T> element) => NullableArray(element) ?? [];

    public T[] StructureArray<T>()
        where T : IUaStructure<T> => Array(static (ref UaReader r) => T.Read(ref r));

    public string?[] StringArray() => Array(static (ref UaReader r) => r.String());

    public byte[]?[] ByteStringArray() => Array(static (ref UaReader r) => r.ByteString());

    public NodeId[] NodeIdArray() => Array(static (ref UaReader r) => r.NodeId());

    public uint[] UInt32Array() => Array(static (ref UaReader r) => r.UInt32());

    public StatusCode[] StatusCodeArray() => Array(static (ref UaReader r) => r.StatusCode());

    public Variant[] VariantArray() => Array(static (ref UaReader r) => r.Variant());

    public DataValue[] DataValueArray() => Array(static (ref UaReader r) => r.DataValue());

    public DiagnosticInfo[] DiagnosticInfoArray() => Array(static (ref UaReader r) => r.DiagnosticInfo());

    public ExtensionObject[] ExtensionObjectArray() => Array(static (ref UaReader r) => r.ExtensionObject());

    public LocalizedText[] LocalizedTextArray() => Array(static (ref UaReader r) => r.LocalizedText());

    public QualifiedName[] QualifiedNameArray() => Array(static (ref UaReader r) => r.QualifiedName());
}

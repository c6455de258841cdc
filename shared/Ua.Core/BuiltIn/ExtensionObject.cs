namespace Ua.Core;

/// <summary>How the body of an <see cref="ExtensionObject"/> is carried (Part 6, 5.2.2.15).</summary>
public enum ExtensionObjectEncoding : byte
{
    None = 0,
    Binary = 1,
    Xml = 2,
}

/// <summary>
/// A structure with the NodeId of its encoding. The body is kept as bytes, so that a type nobody here knows
/// survives a round trip; <see cref="TryDecode{T}"/> reads it as a known structure.
/// </summary>
public sealed record ExtensionObject(NodeId TypeId, ExtensionObjectEncoding Encoding, byte[]? Body)
{
    public static readonly ExtensionObject Null = new(NodeId.Null, ExtensionObjectEncoding.None, null);

    public bool IsNull => TypeId.IsNull && Encoding == ExtensionObjectEncoding.None;

    /// <summary>Wraps a structure of namespace 0 under its binary encoding id.</summary>
    public static ExtensionObject Of<T>(T structure)
        where T : IUaEncodable<T> => Of(new NodeId(T.BinaryEncodingId), structure);

    /// <summary>Wraps a structure under an encoding id whose namespace index is only known at run time.</summary>
    public static ExtensionObject Of<T>(NodeId encodingId, T structure)
        where T : IUaStructure<T> =>
        new(encodingId, ExtensionObjectEncoding.Binary, UaWriter.ToBytes(structure));

    /// <summary>Reads the body as a structure of namespace 0; false where the type id is another.</summary>
    /// <exception cref="UaException">Bad_DecodingError where the id fits and the body does not.</exception>
    public bool TryDecode<T>(out T? structure, EncodingLimits? limits = null)
        where T : class, IUaEncodable<T> => TryDecode(new NodeId(T.BinaryEncodingId), out structure, limits);

    public bool TryDecode<T>(NodeId encodingId, out T? structure, EncodingLimits? limits = null)
        where T : class, IUaStructure<T>
    {
        structure = null;
        if (Encoding != ExtensionObjectEncoding.Binary || TypeId != encodingId || Body is null) return false;
        var reader = new UaReader(Body, limits ?? EncodingLimits.Default);
        structure = T.Read(ref reader);
        reader.ExpectEnd();
        return true;
    }

    public bool Equals(ExtensionObject? other) =>
        other is not null && TypeId == other.TypeId && Encoding == other.Encoding && (Body ?? []).AsSpan().SequenceEqual(other.Body ?? []);

    public override int GetHashCode() => HashCode.Combine(TypeId, Encoding, Body?.Length ?? -1);
}

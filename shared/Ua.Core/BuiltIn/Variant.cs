namespace Ua.Core;

/// <summary>
/// A value of any built-in type, an array of one, or a matrix (Part 6, 5.2.2.16). Arrays are CLR arrays of the type
/// (bool[], sbyte[], byte[], ..., string?[], byte[]?[], Variant[], ...); a matrix is its flattened array with dimensions.
/// </summary>
public readonly struct Variant : IEquatable<Variant>
{
    private Variant(BuiltInType type, object? value, bool isArray, int[]? dimensions)
    {
        Type = type;
        Value = value;
        IsArray = isArray;
        Dimensions = dimensions;
    }

    public static Variant Null => default;

    public BuiltInType Type { get; }

    /// <summary>The CLR value; null for Null, for null strings and for null arrays.</summary>
    public object? Value { get; }

    public bool IsArray { get; }

    /// <summary>The lengths of a matrix with two or more dimensions; null for scalars and plain arrays.</summary>
    public int[]? Dimensions { get; }

    public bool IsNull => Type == BuiltInType.Null;

    /// <summary>A scalar of a given type; the value must be of the CLR type that the codec uses for it.</summary>
    public static Variant Scalar(BuiltInType type, object? value) => type == BuiltInType.Null ? default : new(type, Checked(type, value, isArray: false), false, null);

    /// <summary>A one-dimensional array, or a matrix where dimensions are given. Null is the null array.</summary>
    public static Variant Array(BuiltInType type, Array? values, int[]? dimensions = null)
    {
        if (dimensions is { Length: < 2 }) dimensions = null;
        if (dimensions is not null && CountOf(dimensions) != (values?.Length ?? 0))
            throw new ArgumentException("The product of the dimensions differs from the number of elements.", nameof(dimensions));
        return new(type, Checked(type, values, isArray: true), true, dimensions);
    }

    public static implicit operator Variant(bool value) => new(BuiltInType.Boolean, value, false, null);

    public static implicit operator Variant(sbyte value) => new(BuiltInType.SByte, value, false, null);

    public static implicit operator Variant(byte value) => new(BuiltInType.Byte, value, false, null);

    public static implicit operator Variant(short value) => new(BuiltInType.Int16, value, false, null);

    public static implicit operator Variant(ushort value) => new(BuiltInType.UInt16, value, false, null);

    public static implicit operator Variant(int value) => new(BuiltInType.Int32, value, false, null);

    public static implicit operator Variant(uint value) => new(BuiltInType.UInt32, value, false, null);

    public static implicit operator Variant(long value) => new(BuiltInType.Int64, value, false, null);

    public static implicit operator Variant(ulong value) => new(BuiltInType.UInt64, value, false, null);

    public static implicit operator Variant(float value) => new(BuiltInType.Float, value, false, null);

    public static implicit operator Variant(double value) => new(BuiltInType.Double, value, false, null);

    public static implicit operator Variant(string? value) => new(BuiltInType.String, value, false, null);

    public static implicit operator Variant(DateTime value) => new(BuiltInType.DateTime, value, false, null);

    public static implicit operator Variant(Guid value) => new(BuiltInType.Guid, value, false, null);

    /// <summary>A ByteString; an array of Byte is made by <see cref="Array"/>.</summary>
    public static implicit operator Variant(byte[]? value) => new(BuiltInType.ByteString, value, false, null);

    public static implicit operator Variant(XmlElement value) => new(BuiltInType.XmlElement, value, false, null);

    public static implicit operator Variant(NodeId value) => new(BuiltInType.NodeId, value, false, null);

    public static implicit operator Variant(ExpandedNodeId value) => new(BuiltInType.ExpandedNodeId, value, false, null);

    public static implicit operator Variant(StatusCode value) => new(BuiltInType.StatusCode, value, false, null);

    public static implicit operator Variant(QualifiedName value) => new(BuiltInType.QualifiedName, value, false, null);

    public static implicit operator Variant(LocalizedText value) => new(BuiltInType.LocalizedText, value, false, null);

    public static implicit operator Variant(ExtensionObject value) => new(BuiltInType.ExtensionObject, value, false, null);

    public static implicit operator Variant(DataValue value) => new(BuiltInType.DataValue, value, false, null);

    public static implicit operator Variant(DiagnosticInfo value) => new(BuiltInType.DiagnosticInfo, value, false, null);

    public static implicit operator Variant(string?[]? value) => new(BuiltInType.String, value, true, null);

    public static implicit operator Variant(byte[]?[]? value) => new(BuiltInType.ByteString, value, true, null);

    public static implicit operator Variant(NodeId[]? value) => new(BuiltInType.NodeId, value, true, null);

    public static implicit operator Variant(uint[]? value) => new(BuiltInType.UInt32, value, true, null);

    public static implicit operator Variant(LocalizedText[]? value) => new(BuiltInType.LocalizedText, value, true, null);

    public static implicit operator Variant(ExtensionObject[]? value) => new(BuiltInType.ExtensionObject, value, true, null);

    public static bool operator ==(Variant left, Variant right) => left.Equals(right);

    public static bool operator !=(Variant left, Variant right) => !left.Equals(right);

    /// <summary>The value as T where the variant holds exactly that; otherwise false.</summary>
    public bool TryGet<T>(out T value)
    {
        if (Value is T typed)
        {
            value = typed;
            return true;
        }

        value = default!;
        return false;
    }

    public bool Equals(Variant other)
    {
        if (Type != other.Type || IsArray != other.IsArray) return false;
        if (!(Dimensions ?? []).AsSpan().SequenceEqual(other.Dimensions ?? [])) return false;
        if (Value is Array a && other.Value is Array b)
        {
            if (a.Length != b.Length) return false;
            for (var i = 0; i < a.Length; i++)
                if (!ElementEquals(a.GetValue(i), b.GetValue(i))) return false;
            return true;
        }

        return ElementEquals(Value, other.Value);
    }

    public override bool Equals(object? obj) => obj is Variant other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, IsArray, Value is Array array ? array.Length : Value?.GetHashCode());

    public override string ToString() => Value switch
    {
        null => "null",
        byte[] bytes when !IsArray => Convert.ToHexString(bytes),
        Array array => "[" + string.Join(", ", array.Cast<object?>()) + "]",
        _ => Convert.ToString(Value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    internal static long CountOf(int[] dimensions)
    {
        long count = 1;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0) throw new ArgumentException("A dimension is negative.", nameof(dimensions));
            count *= dimension;
            if (count > int.MaxValue) throw new ArgumentException("The dimensions describe more elements than an array can hold.", nameof(dimensions));
        }

        return count;
    }

    /// <summary>A variant straight from the decoder, which made the value by its type.</summary>
    internal static Variant Decoded(BuiltInType type, object? value, bool isArray, int[]? dimensions) => new(type, value, isArray, dimensions);

    private static bool ElementEquals(object? a, object? b) =>
        a is byte[] x && b is byte[] y ? x.AsSpan().SequenceEqual(y) : Equals(a, b);

    private static object? Checked(BuiltInType type, object? value, bool isArray)
    {
        if (value is null)
            return isArray || BuiltInTypes.IsNullable(type) ? null : throw new ArgumentException($"A scalar of type {type} cannot be null.", nameof(value));
        var expected = BuiltInTypes.ClrType(type);
        var fits = isArray ? value.GetType() == expected.MakeArrayType() : expected.IsInstanceOfType(value);
        return fits ? value : throw new ArgumentException($"A value of CLR type {value.GetType().Name} does not fit the built-in type {type}.", nameof(value));
    }
}

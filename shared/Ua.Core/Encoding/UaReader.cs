using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ua.Core;

/// <summary>
/// Reads the binary encoding of Part 6, 5.2 from a span. Every length is checked against the limits and the bytes left
/// before anything is allocated. Fails with Bad_DecodingError or Bad_EncodingLimitsExceeded only.
/// </summary>
public ref partial struct UaReader
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly EncodingLimits _limits;
    private int _position;
    private int _depth;
    private int _claimed;

    public UaReader(ReadOnlySpan<byte> bytes, EncodingLimits? limits = null)
    {
        _bytes = bytes;
        _limits = limits ?? EncodingLimits.Default;
    }

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    public readonly EncodingLimits Limits => _limits;

    /// <summary>Reads one structure that must fill the bytes.</summary>
    public static T FromBytes<T>(ReadOnlySpan<byte> bytes, EncodingLimits? limits = null)
        where T : IUaStructure<T>
    {
        var r = new UaReader(bytes, limits);
        var value = T.Read(ref r);
        r.ExpectEnd();
        return value;
    }

    /// <summary>Fails where bytes are left over.</summary>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0) throw Malformed($"{Remaining} bytes follow after the end of the structure");
    }

    public ReadOnlySpan<byte> Raw(int count)
    {
        if (count < 0 || count > Remaining) throw Malformed($"{count} bytes are needed, {Remaining} are left");
        var span = _bytes.Slice(_position, count);
        _position += count;
        return span;
    }

    public bool Boolean() => Raw(1)[0] != 0;

    public sbyte SByte() => (sbyte)Raw(1)[0];

    public byte Byte() => Raw(1)[0];

    public short Int16() => BinaryPrimitives.ReadInt16LittleEndian(Raw(2));

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Raw(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Raw(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Raw(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Raw(8));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Raw(8));

    public float Float() => BinaryPrimitives.ReadSingleLittleEndian(Raw(4));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Raw(8));

    public string? String()
    {
        var length = Length(_limits.MaxStringLength, "string");
        if (length < 0) return null;
        try
        {
            return s_strictUtf8.GetString(Raw(length));
        }
        catch (DecoderFallbackException e)
        {
            throw new UaException(StatusCodes.BadDecodingError, $"A string before byte {_position} is not valid UTF-8.", e);
        }
    }

    public DateTime DateTime() => UaTime.FromTicks(Int64());

    public Guid Guid() => new(Raw(16));

    public byte[]? ByteString()
    {
        var length = Length(_limits.MaxByteStringLength, "byte string");
        return length < 0 ? null : Raw(length).ToArray();
    }

    public XmlElement XmlElement() => new(String());

    public StatusCode StatusCode() => new(UInt32());

    public QualifiedName QualifiedName()
    {
        var namespaceIndex = UInt16();
        return new(String(), namespaceIndex);
    }

    public LocalizedText LocalizedText()
    {
        var mask = Byte();
        var locale = (mask & 1) != 0 ? String() : null;
        var text = (mask & 2) != 0 ? String() : null;
        return new(locale, text);
    }

    /// <summary>An enumeration from Int32; a value without a name is kept, the service that uses it decides.</summary>
    public T Enum<T>()
        where T : unmanaged, Enum
    {
        var number = Int32();
        return Unsafe.As<int, T>(ref number);
    }

    public T Structure<T>()
        where T : IUaStructure<T> => T.Read(ref this);

    /// <summary>A length of -1 (null) or of at least 0, checked against the limit and the bytes left.</summary>
    private int Length(int limit, string what)
    {
        var length = Int32();
        if (length < -1) throw Malformed($"a {what} has the length {length}");
        if (length > limit) throw new UaException(StatusCodes.BadEncodingLimitsExceeded, $"A {what} of {length} is longer than the {limit} allowed.");
        if (length > Remaining) throw Malformed($"a {what} of {length} does not fit the {Remaining} bytes left");
        return length;
    }

    private void Enter()
    {
        if (++_depth > _limits.MaxDepth)
            throw new UaException(StatusCodes.BadEncodingLimitsExceeded, $"Values are nested deeper than the {_limits.MaxDepth} levels allowed.");
    }

    private void Leave() => _depth--;

    private readonly UaException Malformed(string what) =>
        new(StatusCodes.BadDecodingError, $"Malformed encoding at byte {_position}: {what}.");
}

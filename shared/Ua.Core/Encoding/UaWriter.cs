using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ua.Core;

/// <summary>Writes the binary encoding of Part 6, 5.2 into a pooled buffer that grows up to a limit. Dispose gives the buffer back.</summary>
public ref partial struct UaWriter
{
    private readonly int _maxLength;
    private byte[] _buffer;
    private int _position;

    /// <param name="capacity">First size of the buffer in bytes.</param>
    /// <param name="maxLength">The most bytes this message may have; beyond it writing fails with Bad_EncodingLimitsExceeded.</param>
    public UaWriter(int capacity, int maxLength = int.MaxValue)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 16));
        _maxLength = maxLength;
    }

    public readonly int Length => _position;

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _position);

    /// <summary>The encoding of one structure as bytes of its own.</summary>
    public static byte[] ToBytes<T>(T structure, int maxLength = int.MaxValue)
        where T : IUaStructure<T>
    {
        var w = new UaWriter(256, maxLength);
        try
        {
            structure.Write(ref w);
            return w.ToArray();
        }
        finally
        {
            w.Dispose();
        }
    }

    public readonly byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        if (_buffer is null) return;
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = null!;
    }

    /// <summary>Bytes as they are, without a length before them.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Boolean(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    public void SByte(sbyte value) => Take(1)[0] = (byte)value;

    public void Byte(byte value) => Take(1)[0] = value;

    public void Int16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Take(2), value);

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Float(float value) => BinaryPrimitives.WriteSingleLittleEndian(Take(4), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    public void String(string? value)
    {
        if (value is null)
        {
            Int32(-1);
            return;
        }

        var count = Encoding.UTF8.GetByteCount(value);
        Int32(count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>100 ns ticks since 1601 (Part 6, 5.2.2.5): the smallest DateTime is 0, the largest is Int64.MaxValue.</summary>
    public void DateTime(DateTime value) => Int64(UaTime.ToTicks(value));

    public void Guid(Guid value)
    {
        if (!value.TryWriteBytes(Take(16))) throw new UaException(StatusCodes.BadEncodingError, "A Guid did not fit 16 bytes.");
    }

    public void ByteString(byte[]? value)
    {
        if (value is null) Int32(-1);
        else ByteString(value.AsSpan());
    }

    public void ByteString(scoped ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        Raw(value);
    }

    public void XmlElement(XmlElement value) => String(value.Value);

    public void StatusCode(StatusCode value) => UInt32(value.Code);

    public void QualifiedName(QualifiedName value)
    {
        UInt16(value.NamespaceIndex);
        String(value.Name);
    }

    public void LocalizedText(LocalizedText value)
    {
        Byte((byte)((value.Locale is null ? 0 : 1) | (value.Text is null ? 0 : 2)));
        if (value.Locale is not null) String(value.Locale);
        if (value.Text is not null) String(value.Text);
    }

    /// <summary>An enumeration as Int32 (Part 6, 5.2.4).</summary>
    public void Enum<T>(T value)
        where T : unmanaged, Enum => Int32(MemoryMarshal.Cast<T, int>(new ReadOnlySpan<T>(in value))[0]);

    public void Structure<T>(T value)
        where T : IUaStructure<T> => value.Write(ref this);

    /// <summary>A 32-bit number put at an earlier position, such as a length known only afterwards.</summary>
    public readonly void PatchUInt32(int position, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(position, 4), value);

    private Span<byte> Take(int count)
    {
        var end = checked(_position + count);
        if (end > _maxLength)
            throw new UaException(StatusCodes.BadEncodingLimitsExceeded, $"The message is larger than the {_maxLength} bytes allowed for it.");
        if (end > _buffer.Length) Grow(end);
        var span = _buffer.AsSpan(_position, count);
        _position = end;
        return span;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(needed, Math.Min(2L * _buffer.Length, System.Array.MaxLength)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }
}

using System.Buffers;

namespace Ua.Transport;

/// <summary>One message or chunk as it arrived, header included, in a pooled buffer that may be decrypted in place. Dispose gives the buffer back.</summary>
internal readonly struct Frame(byte[] buffer, int length, MessageTypes type) : IDisposable
{
    public const int HeaderSize = 8;

    public MessageTypes Type => type;

    /// <summary>'F', 'C' or 'A' (Part 6, 6.7.2.2).</summary>
    public char ChunkType => (char)buffer[3];

    public Span<byte> Bytes => buffer.AsSpan(0, length);

    public ReadOnlySpan<byte> Body => buffer.AsSpan(HeaderSize, length - HeaderSize);

    public void Dispose()
    {
        Bytes.Clear();
        ArrayPool<byte>.Shared.Return(buffer);
    }
}

using Ua.Core;

namespace Ua.Transport;

/// <summary>The server's answer to <see cref="Hello"/> (Part 6, 7.1.2.4): buffers at most as large as the client's, and what requests may be.</summary>
internal sealed record Acknowledge(
    uint ProtocolVersion,
    uint ReceiveBufferSize,
    uint SendBufferSize,
    uint MaxMessageSize,
    uint MaxChunkCount) : IUaStructure<Acknowledge>
{
    /// <summary>Size of the message, header included.</summary>
    public const int Size = 8 + 5 * 4;

    public void Write(ref UaWriter w)
    {
        w.UInt32(ProtocolVersion);
        w.UInt32(ReceiveBufferSize);
        w.UInt32(SendBufferSize);
        w.UInt32(MaxMessageSize);
        w.UInt32(MaxChunkCount);
    }

    public static Acknowledge Read(ref UaReader r) => new(
        ProtocolVersion: r.UInt32(),
        ReceiveBufferSize: r.UInt32(),
        SendBufferSize: r.UInt32(),
        MaxMessageSize: r.UInt32(),
        MaxChunkCount: r.UInt32());
}

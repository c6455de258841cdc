using Ua.Core;

namespace Ua.Transport;

/// <summary>Opens a connection; the first message a client sends (Part 6, 7.1.2.3). Sizes in bytes; 0 means no limit for the last two.</summary>
internal sealed record Hello(
    uint ProtocolVersion,
    uint ReceiveBufferSize,
    uint SendBufferSize,
    uint MaxMessageSize,
    uint MaxChunkCount,
    string? EndpointUrl) : IUaStructure<Hello>
{
    /// <summary>Longest EndpointUrl in bytes.</summary>
    public const int MaxUrlLength = 4096;

    /// <summary>The largest HEL message, header included.</summary>
    public const int MaxSize = 8 + 5 * 4 + 4 + MaxUrlLength;

    public void Write(ref UaWriter w)
    {
        w.UInt32(ProtocolVersion);
        w.UInt32(ReceiveBufferSize);
        w.UInt32(SendBufferSize);
        w.UInt32(MaxMessageSize);
        w.UInt32(MaxChunkCount);
        w.String(EndpointUrl);
    }

    public static Hello Read(ref UaReader r) => new(
        ProtocolVersion: r.UInt32(),
        ReceiveBufferSize: r.UInt32(),
        SendBufferSize: r.UInt32(),
        MaxMessageSize: r.UInt32(),
        MaxChunkCount: r.UInt32(),
        EndpointUrl: r.String());
}

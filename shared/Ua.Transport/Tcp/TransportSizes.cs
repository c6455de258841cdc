using Ua.Core;

namespace Ua.Transport;

/// <summary>
/// What one side of a connection may send and will accept, after HEL and ACK. Chunk sizes in bytes with headers and footers,
/// message sizes in bytes before protection; 0 means no limit for messages and counts that the peer sets.
/// </summary>
internal sealed record TransportSizes(
    int SendChunkSize,
    int ReceiveChunkSize,
    uint MaxSendMessageSize,
    uint MaxSendChunkCount,
    int MaxReceiveMessageSize,
    int MaxReceiveChunkCount)
{
    /// <summary>The smallest buffer that Part 6, 7.1.2.3 lets a peer offer.</summary>
    public const int LeastBufferSize = 8192;

    public static TransportSizes OfServer(Hello hello, Acknowledge answer) => new(
        SendChunkSize: (int)answer.SendBufferSize,
        ReceiveChunkSize: (int)answer.ReceiveBufferSize,
        MaxSendMessageSize: hello.MaxMessageSize,
        MaxSendChunkCount: hello.MaxChunkCount,
        MaxReceiveMessageSize: (int)answer.MaxMessageSize,
        MaxReceiveChunkCount: (int)answer.MaxChunkCount);

    /// <exception cref="UaException">Bad_ConnectionRejected where the server offers buffers too small or larger than asked for.</exception>
    public static TransportSizes OfClient(Hello hello, Acknowledge answer)
    {
        if (answer.ReceiveBufferSize < LeastBufferSize || answer.SendBufferSize < LeastBufferSize)
            throw new UaException(StatusCodes.BadConnectionRejected, $"The server offers buffers of less than {LeastBufferSize} bytes.");
        if (answer.ReceiveBufferSize > hello.SendBufferSize || answer.SendBufferSize > hello.ReceiveBufferSize)
            throw new UaException(StatusCodes.BadConnectionRejected, "The server offers larger buffers than it was asked for.");
        return new(
            SendChunkSize: (int)answer.ReceiveBufferSize,
            ReceiveChunkSize: (int)answer.SendBufferSize,
            MaxSendMessageSize: answer.MaxMessageSize,
            MaxSendChunkCount: answer.MaxChunkCount,
            MaxReceiveMessageSize: (int)hello.MaxMessageSize,
            MaxReceiveChunkCount: (int)hello.MaxChunkCount);
    }
}

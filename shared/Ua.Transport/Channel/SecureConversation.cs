using System.Buffers.Binary;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <summary>
/// An open channel as both sides see it: what was agreed, the tokens, the sequence of each direction (Part 6, 6.7). Reading
/// and sending touch different members, so one task may read while another sends.
/// </summary>
internal sealed class SecureConversation(ISecurityPolicy policy, TimeProvider time) : IDisposable
{
    /// <summary>Message header, SecureChannelId and TokenId of a MSG or CLO chunk.</summary>
    public const int HeaderLength = Frame.HeaderSize + 4 + 4;

    /// <summary>SequenceNumber and RequestId.</summary>
    public const int SequenceLength = 4 + 4;

    private ChannelToken? _lastSent;

    /// <summary>0 until the server has given the channel an id.</summary>
    public uint ChannelId { get; private set; }

    public ISecurityPolicy Policy => policy;

    public MessageSecurityMode Mode { get; private set; }

    public OutgoingSequence Outgoing { get; } = new(policy.UsesLegacySequenceNumbers);

    public IncomingSequence Incoming { get; } = new(policy.UsesLegacySequenceNumbers);

    public TokenRing Tokens { get; } = new(time);

    /// <summary>Settles id and mode, before the first MSG chunk.</summary>
    public void Agree(uint channelId, MessageSecurityMode mode)
    {
        ChannelId = channelId;
        Mode = mode;
    }

    /// <summary>For the sender alone: the token of the next message; the sending keys of the one before end here.</summary>
    public ChannelToken TakeSendingToken()
    {
        var token = Tokens.Sending;
        if (ReferenceEquals(token, _lastSent)) return token;
        _lastSent?.Keys.Sending.Dispose();
        return _lastSent = token;
    }

    /// <summary>Checks and decrypts a MSG or CLO chunk.</summary>
    /// <returns>The request that it belongs to, and its body within the frame.</returns>
    /// <exception cref="UaException">Bad_TcpSecureChannelUnknown, Bad_SecureChannelTokenUnknown or Bad_SecurityChecksFailed.</exception>
    public ReadOnlySpan<byte> Open(Frame frame, out uint requestId)
    {
        var chunk = frame.Bytes;
        if (chunk.Length < HeaderLength + SequenceLength)
            throw new UaException(StatusCodes.BadDecodingError, $"A chunk of {chunk.Length} bytes is too short for its headers.");
        var channel = BinaryPrimitives.ReadUInt32LittleEndian(chunk[Frame.HeaderSize..]);
        if (channel != ChannelId) throw new UaException(StatusCodes.BadTcpSecureChannelUnknown, $"The connection has no channel {channel}.");
        var token = Tokens.Find(BinaryPrimitives.ReadUInt32LittleEndian(chunk[(Frame.HeaderSize + 4)..]));
        var length = token.Keys.Receiving.Unprotect(chunk, HeaderLength, new ChunkPlace(token.Id, Incoming.Previous));
        var body = OpenContent(chunk.Slice(HeaderLength, length), out requestId);
        Tokens.Confirm(token);
        return body;
    }

    /// <summary>Takes the sequence header off a chunk's content.</summary>
    public ReadOnlySpan<byte> OpenContent(ReadOnlySpan<byte> content, out uint requestId)
    {
        if (content.Length < SequenceLength) throw new UaException(StatusCodes.BadDecodingError, "A chunk ends within its sequence header.");
        Incoming.Accept(BinaryPrimitives.ReadUInt32LittleEndian(content));
        requestId = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
        return content[SequenceLength..];
    }

    /// <summary>Only once nothing is sent or received any more.</summary>
    public void Dispose()
    {
        _lastSent?.Keys.Sending.Dispose();
        Tokens.Dispose();
    }
}

using System.Buffers;
using System.Buffers.Binary;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <summary>Writes messages to a connection: cut into chunks, numbered and protected in the output buffer itself (Part 6, 6.7.2).</summary>
internal static class ChunkEncoder
{
    /// <summary>HEL, ACK, ERR.</summary>
    public static void WritePlain<T>(IBufferWriter<byte> output, MessageTypes type, T body)
        where T : IUaStructure<T>
    {
        var w = new UaWriter(256);
        try
        {
            body.Write(ref w);
            var size = Frame.HeaderSize + w.Length;
            var message = output.GetSpan(size)[..size];
            WriteHeader(message, type, 'F');
            w.Written.CopyTo(message[Frame.HeaderSize..]);
            output.Advance(size);
        }
        finally
        {
            w.Dispose();
        }
    }

    /// <summary>OPN: one chunk under the certificates' keys.</summary>
    public static void WriteOpen(
        IBufferWriter<byte> output, SecureConversation conversation, Handshake handshake, uint requestId, IServiceMessage body, int maxSize)
    {
        var w = new UaWriter(2048);
        try
        {
            w.UInt32(conversation.ChannelId);
            handshake.OwnHeader.Write(ref w);
            var headerLength = Frame.HeaderSize + w.Length;
            var sequenceAt = w.Length;
            w.UInt32(0);
            w.UInt32(requestId);
            ServiceMessages.Write(ref w, body);

            var contentLength = w.Length - sequenceAt;
            var size = headerLength + handshake.Protector.ProtectedSize(contentLength);
            if (size > maxSize) throw new UaException(StatusCodes.BadTcpMessageTooLarge, $"OpenSecureChannel takes {size} bytes; the peer accepts {maxSize}.");
            var place = new ChunkPlace(0, conversation.Outgoing.Previous);
            w.PatchUInt32(sequenceAt, conversation.Outgoing.Next());

            var chunk = output.GetSpan(size)[..size];
            WriteHeader(chunk, MessageTypes.Open, 'F');
            w.Written.CopyTo(chunk[Frame.HeaderSize..]);
            handshake.Protector.Protect(chunk, headerLength, contentLength, place);
            output.Advance(size);
        }
        finally
        {
            w.Dispose();
        }
    }

    /// <summary>MSG or CLO in as many chunks as it takes.</summary>
    /// <exception cref="UaException">Bad_EncodingLimitsExceeded, with nothing written, where the peer would not accept a message of this size.</exception>
    public static void WriteMessage(
        IBufferWriter<byte> output, SecureConversation conversation, TransportSizes sizes, MessageTypes type, uint requestId, IServiceMessage body, int maxLength)
    {
        var token = conversation.TakeSendingToken();
        var protector = token.Keys.Sending;
        var perChunk = protector.MaxContentLength(sizes.SendChunkSize - SecureConversation.HeaderLength) - SecureConversation.SequenceLength;
        var w = new UaWriter(2048, MaxLength(sizes, perChunk, maxLength));
        try
        {
            ServiceMessages.Write(ref w, body);
            var rest = w.Written;
            do
            {
                var part = rest[..Math.Min(rest.Length, perChunk)];
                rest = rest[part.Length..];
                WriteChunk(output, conversation, token, type, rest.IsEmpty ? 'F' : 'C', requestId, part);
            }
            while (!rest.IsEmpty);
        }
        finally
        {
            w.Dispose();
        }
    }

    /// <summary>One MSG or CLO chunk.</summary>
    public static void WriteChunk(
        IBufferWriter<byte> output, SecureConversation conversation, ChannelToken token, MessageTypes type, char chunkType, uint requestId, ReadOnlySpan<byte> body)
    {
        var protector = token.Keys.Sending;
        var contentLength = SecureConversation.SequenceLength + body.Length;
        var size = SecureConversation.HeaderLength + protector.ProtectedSize(contentLength);
        var chunk = output.GetSpan(size)[..size];
        WriteHeader(chunk, type, chunkType);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[8..], conversation.ChannelId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[12..], token.Id);
        var place = new ChunkPlace(token.Id, conversation.Outgoing.Previous);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[16..], conversation.Outgoing.Next());
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[20..], requestId);
        body.CopyTo(chunk[24..]);
        protector.Protect(chunk, SecureConversation.HeaderLength, contentLength, place);
        output.Advance(size);
    }

    private static void WriteHeader(Span<byte> message, MessageTypes type, char chunkType)
    {
        MessageTypeBytes.Of(type).CopyTo(message);
        message[3] = (byte)chunkType;
        BinaryPrimitives.WriteInt32LittleEndian(message[4..], message.Length);
    }

    private static int MaxLength(TransportSizes sizes, int perChunk, int own)
    {
        var byCount = sizes.MaxSendChunkCount == 0 ? int.MaxValue : Math.Min(int.MaxValue, sizes.MaxSendChunkCount * (long)perChunk);
        var bySize = sizes.MaxSendMessageSize == 0 ? int.MaxValue : Math.Min(int.MaxValue, sizes.MaxSendMessageSize);
        return (int)Math.Min(own, Math.Min(byCount, bySize));
    }
}

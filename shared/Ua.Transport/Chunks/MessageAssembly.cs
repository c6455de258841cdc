using System.Buffers;
using Ua.Core;

namespace Ua.Transport;

/// <summary>What one chunk did to the message that it belongs to.</summary>
internal enum AssemblyStep
{
    /// <summary>More chunks must come.</summary>
    Incomplete,

    /// <summary><see cref="MessageAssembly.Body"/> is the whole message.</summary>
    Complete,

    /// <summary>The sender gave the message up.</summary>
    Aborted,
}

/// <summary>
/// Joins the chunks of one message; chunks of two messages may not mix (Part 6, 6.7.2). Memory grows with the bytes that
/// arrived, up to the limits, and goes back to the pool with the message. Used by the task that reads.
/// </summary>
internal sealed class MessageAssembly(int maxChunkCount) : IDisposable
{
    private byte[]? _joined;
    private int _length;
    private int _chunks;
    private uint _requestId;

    /// <summary>True between the first and the last chunk of a message.</summary>
    public bool IsPending => _chunks > 0;

    /// <summary>Adds a chunk's body.</summary>
    /// <param name="chunkType">'C', 'F' or 'A'.</param>
    /// <param name="requestId">The request that the chunk names.</param>
    /// <param name="body">The content behind the sequence header.</param>
    /// <param name="maxMessageSize">The limit for the whole message in bytes.</param>
    /// <param name="message">The whole message where it is complete; valid until <see cref="Clear"/>.</param>
    /// <exception cref="UaException">Bad_TcpMessageTooLarge over a limit, Bad_SecurityChecksFailed where messages mix.</exception>
    public AssemblyStep Add(char chunkType, uint requestId, ReadOnlySpan<byte> body, int maxMessageSize, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (IsPending && requestId != _requestId)
            throw new UaException(StatusCodes.BadSecurityChecksFailed, $"A chunk of request {requestId} came within the message of request {_requestId}.");
        if (chunkType == 'A') return AssemblyStep.Aborted;
        if (body.Length > maxMessageSize - _length)
            throw new UaException(StatusCodes.BadTcpMessageTooLarge, $"A message is larger than the {maxMessageSize} bytes allowed.");
        if (chunkType == 'F' && !IsPending)
        {
            message = body;
            return AssemblyStep.Complete;
        }

        _requestId = requestId;
        if (++_chunks > maxChunkCount)
            throw new UaException(StatusCodes.BadTcpMessageTooLarge, $"A message has more than the {maxChunkCount} chunks allowed.");
        Append(body);
        if (chunkType == 'C') return AssemblyStep.Incomplete;
        message = _joined.AsSpan(0, _length);
        return AssemblyStep.Complete;
    }

    /// <summary>Forgets the message, complete or not.</summary>
    public void Clear()
    {
        _length = _chunks = 0;
        if (_joined is null) return;
        ArrayPool<byte>.Shared.Return(_joined, clearArray: true);
        _joined = null;
    }

    public void Dispose() => Clear();

    private void Append(ReadOnlySpan<byte> body)
    {
        var needed = _length + body.Length;
        if (_joined is null || needed > _joined.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, 2L * _length), Array.MaxLength));
            _joined.AsSpan(0, _length).CopyTo(larger);
            if (_joined is not null) ArrayPool<byte>.Shared.Return(_joined, clearArray: true);
            _joined = larger;
        }

        body.CopyTo(_joined.AsSpan(_length));
        _length = needed;
    }
}

using System.IO.Pipelines;
using Ua.Core;

namespace Ua.Transport;

/// <summary>
/// The sending end of a connection, shared by all who answer or ask on it: one message at a time, each whole. A peer that
/// does not take its bytes within the timeout ends the connection.
/// </summary>
internal sealed class MessageWriter(PipeWriter output, TimeProvider time, TimeSpan sendTimeout) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _closed;

    /// <summary>HEL, ACK or ERR.</summary>
    public async Task SendPlainAsync<T>(MessageTypes type, T body, CancellationToken cancellationToken)
        where T : IUaStructure<T>
    {
        await TakeTurnAsync(cancellationToken);
        try
        {
            ChunkEncoder.WritePlain(output, type, body);
            await FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task SendOpenAsync(
        SecureConversation conversation, Handshake handshake, TransportSizes sizes, uint requestId, IServiceMessage body, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        try
        {
            ChunkEncoder.WriteOpen(output, conversation, handshake, requestId, body, sizes.SendChunkSize);
            await FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <exception cref="UaException">Bad_EncodingLimitsExceeded, with nothing sent, where the peer would not accept a message of this size.</exception>
    public async Task SendAsync(
        SecureConversation conversation,
        TransportSizes sizes,
        MessageTypes type,
        uint requestId,
        IServiceMessage body,
        int maxLength,
        CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        try
        {
            ChunkEncoder.WriteMessage(output, conversation, sizes, type, requestId, body, maxLength);
            await FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits for the message under way, then lets none follow. What is true afterwards: nobody uses the sending keys.</summary>
    public async Task CloseAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        _closed = true;
        _turn.Release();
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        if (!_closed) return;
        _turn.Release();
        throw Closed();
    }

    private ValueTask FlushAsync()
    {
        var flush = output.FlushAsync(CancellationToken.None);
        if (!flush.IsCompletedSuccessfully) return new(WaitForPeerAsync(flush.AsTask()));
        return flush.Result.IsCompleted ? throw Closed() : ValueTask.CompletedTask;
    }

    private async Task WaitForPeerAsync(Task<FlushResult> flush)
    {
        try
        {
            var result = await flush.WaitAsync(sendTimeout, time);
            if (result.IsCompleted) throw Closed();
        }
        catch (TimeoutException e)
        {
            _closed = true;
            output.CancelPendingFlush();
            throw new UaException(StatusCodes.BadTimeout, $"The peer took none of its bytes for {sendTimeout.TotalSeconds} s.", e);
        }
    }

    private static UaException Closed() => new(StatusCodes.BadConnectionClosed, "The connection is closed.");
}

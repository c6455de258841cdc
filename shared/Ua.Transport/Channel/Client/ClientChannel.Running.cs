using Ua.Core;

namespace Ua.Transport;

/// <content>An open channel: one task reads, one renews the token, until something ends both.</content>
public sealed partial class ClientChannel
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    private async Task ReadAllAsync()
    {
        using var assembly = new MessageAssembly(_options.MaxChunkCount);
        try
        {
            while (await NextAsync(MessageTypes.Message | MessageTypes.Open | MessageTypes.Error, _sizes.ReceiveChunkSize) is { } frame)
            {
                using (frame) Take(frame, assembly);
            }

            Fail(Left());
        }
        catch (UaException e)
        {
            Fail(e);
        }
        catch (IOException e)
        {
            Fail(new UaException(StatusCodes.BadConnectionClosed, "The connection broke.", e));
        }
        catch (Exception e)
        {
            _options.Logger.ConnectionFailed(_connection.RemoteEndPoint, e);
            Fail(new UaException(StatusCodes.BadUnexpectedError, "The client failed to read from the connection.", e));
        }

        _ = EndAsync(_failure!);
    }

    private void Take(Frame frame, MessageAssembly assembly)
    {
        switch (frame.Type)
        {
            case MessageTypes.Error:
                throw ReadError(frame);
            case MessageTypes.Open when assembly.IsPending || _renewal is null:
                throw new UaException(StatusCodes.BadSecurityChecksFailed, "The server answers a renewal that was not asked for.");
            case MessageTypes.Open:
                TakeToken(frame, _renewal, isFirst: false);
                break;
            default:
                TakeChunk(frame, assembly);
                break;
        }
    }

    private void TakeChunk(Frame frame, MessageAssembly assembly)
    {
        var body = _conversation.Open(frame, out var id);
        if (!_pending.WasIssued(id)) throw new UaException(StatusCodes.BadUnknownResponse, $"The server answers a request {id} that was not made.");
        var step = assembly.Add(frame.ChunkType, id, body, _options.MaxMessageSize, out var message);
        if (step == AssemblyStep.Incomplete) return;

        // A request that was given up has nobody waiting; its answer is dropped.
        if (_pending.TryTake(id, out var request))
        {
            if (step == AssemblyStep.Complete) request.Complete(message, _options.EncodingLimits);
            else request.Fail(UaReader.FromBytes<ErrorMessage>(body).ToException());
        }

        assembly.Clear();
    }

    private async Task RenewAllAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_conversation.Tokens.Newest.UntilRenewal(_options.Time), _options.Time, _stop.Token);
                await RenewAsync(_conversation.Tokens.Newest);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            Fail(e as UaException ?? new UaException(StatusCodes.BadSecureChannelClosed, "The token could not be renewed.", e));
        }
    }

    /// <summary>Asks for a new token until there is one or the old one has expired.</summary>
    private async Task RenewAsync(ChannelToken old)
    {
        var patience = old.Lifetime * 0.1;
        while (true)
        {
            var renewal = _renewal = new Renewal(_pending.NextId(), _options.Policy.CreateHandshake());
            try
            {
                await RequestTokenAsync(renewal, SecurityTokenRequestType.Renew, _stop.Token);
                await renewal.Done.Task.WaitAsync(patience, _options.Time, _stop.Token);
                return;
            }
            catch (TimeoutException)
            {
                if (renewal.Done.Task.IsCompletedSuccessfully) return;
                _options.Logger.RenewalFailed(Id, StatusCodes.BadTimeout, "no answer in time");
            }

            if (_options.Time.GetTimestamp() >= old.ExpiresAt)
                throw new UaException(StatusCodes.BadSecureChannelTokenUnknown, "The channel's token has expired and was not renewed.");
        }
    }

    /// <summary>Keeps the first reason and lets everyone who waits know it.</summary>
    private UaException Fail(UaException reason)
    {
        reason = Interlocked.CompareExchange(ref _failure, reason, null) ?? reason;
        _pending.FailAll(reason);
        _frames.Wake();
        _ = _stop.CancelAsync();
        return reason;
    }

    private async Task EndAsync(UaException reason)
    {
        reason = Fail(reason);
        if (!_closed.TrySetResult(reason)) return;
        if (!await FinishesAsync(Task.WhenAll(_reading, _renewing, _writer.CloseAsync()))) _connection.Abort();
        var disposing = _connection.DisposeAsync().AsTask();
        if (!await FinishesAsync(disposing)) _connection.Abort();
        await Task.WhenAll(disposing, _reading, _renewing, _writer.CloseAsync());
        _frames.Dispose();
        _conversation.Dispose();
        _handshake.Dispose();
    }

    /// <summary>Last words are for a server that takes them; another is left without.</summary>
    private static async Task<bool> FinishesAsync(Task task) =>
        await Task.WhenAny(task, Task.Delay(s_farewell, CancellationToken.None)) == task;

    private ValueTask<Frame?> NextAsync(MessageTypes allowed, int maxSize) => _frames.ReadAsync(
        allowed,
        maxSize,
        () => Volatile.Read(ref _failure) is { } failure ? new(long.MinValue, failure.StatusCode, failure.Message) : ReadDeadline.Never);

    private static UaException ReadError(Frame frame) => UaReader.FromBytes<ErrorMessage>(frame.Body).ToException();

    private static UaException Left() => new(StatusCodes.BadConnectionClosed, "The server closed the connection.");
}

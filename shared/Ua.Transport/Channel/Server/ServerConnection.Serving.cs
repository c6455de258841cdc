using Microsoft.AspNetCore.Connections;
using Ua.Core;

namespace Ua.Transport;

/// <content>The life of an open channel, and the end of any.</content>
internal sealed partial class ServerConnection
{
    /// <summary>How long the client has to take our last words before the socket closes.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    private async Task ServeAsync(OpenChannel open, TransportSizes sizes)
    {
        Func<ReadDeadline> deadline = () => DeadlineOf(open);
        Touch(open);
        while (await _frames.ReadAsync(MessageTypes.Message | MessageTypes.Open | MessageTypes.Close, sizes.ReceiveChunkSize, deadline) is { } frame)
        {
            using (frame)
            {
                ThrowIfAborted();
                Touch(open);
                switch (frame.Type)
                {
                    case MessageTypes.Open:
                        await RenewAsync(open, frame, sizes);
                        break;
                    case MessageTypes.Close:
                        open.Conversation.Open(frame, out _);
                        return;
                    default:
                        if (Receive(open, frame, sizes, out var requestId) is { } request) await StartAsync(open, requestId, request);
                        break;
                }
            }
        }
    }

    /// <summary>Takes one chunk; gives the request where it was the last of one.</summary>
    private DecodedRequest? Receive(OpenChannel open, Frame frame, TransportSizes sizes, out uint requestId)
    {
        var body = open.Conversation.Open(frame, out requestId);
        var limit = open.Channel.HasSession ? sizes.MaxReceiveMessageSize : Math.Min(sizes.MaxReceiveMessageSize, _server.Options.MaxMessageSizeWithoutSession);
        var step = open.Assembly.Add(frame.ChunkType, requestId, body, limit, out var message);
        if (step == AssemblyStep.Incomplete)
        {
            if (open.MessageDue == long.MaxValue) open.MessageDue = TimestampIn(_server.Options.MessageTimeout);
            return null;
        }

        // An aborted request needs no answer: the client that gave it up does not wait for one (Part 6, 6.7.3).
        var request = step == AssemblyStep.Complete ? ServiceMessages.ReadRequest(message, _server.Options.EncodingLimits) : null;
        open.Assembly.Clear();
        open.MessageDue = long.MaxValue;
        return request;
    }

    private async ValueTask StartAsync(OpenChannel open, uint requestId, DecodedRequest request)
    {
        try
        {
            await open.Requests.StartAsync(requestId, request, _connection.ConnectionClosed);
        }
        catch (OperationCanceledException)
        {
            ThrowIfAborted();
            throw Left();
        }
    }

    private ReadDeadline DeadlineOf(OpenChannel open)
    {
        if (Volatile.Read(ref _abort) is { } abort) return new(long.MinValue, abort.StatusCode, abort.Message);
        var expiry = new ReadDeadline(open.Conversation.Tokens.Newest.ExpiresAt, StatusCodes.BadSecureChannelTokenUnknown, "The channel's token has expired.");
        if (open.MessageDue < expiry.At) return new(open.MessageDue, StatusCodes.BadTimeout, "A message was not complete in time.");
        return open.Channel.HasSession || expiry.At <= open.SilentUntil
            ? expiry
            : new(open.SilentUntil, StatusCodes.BadSecureChannelClosed, "The channel was silent for too long without a session.");
    }

    private void Touch(OpenChannel open) => open.SilentUntil = TimestampIn(_server.Options.SilentChannelTimeout);

    private void ThrowIfAborted()
    {
        if (Volatile.Read(ref _abort) is { } abort) throw new UaException(abort.StatusCode, abort.Message);
    }

    /// <summary>Takes the channel off the list and tells services and requests under way that it is over.</summary>
    private async Task CloseAsync(OpenChannel? open, UaException reason)
    {
        Interlocked.CompareExchange(ref _abort, reason, null);
        await _closed.CancelAsync();
        if (open is null) return;
        _server.Channels.Remove(open.Channel);
        _server.Dispatcher.ChannelClosed(open.Channel);
        _server.Logger.ChannelClosed(open.Channel.Id, Remote);
    }

    /// <summary>Says why, if the client still listens. A broken connection is not worth an error of its own.</summary>
    private async Task RefuseAsync(UaException error)
    {
        if (error.StatusCode == StatusCodes.BadConnectionClosed)
        {
            _connection.Abort(new ConnectionAbortedException(error.Message));
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(s_farewell, _server.Time);
            await _writer.SendPlainAsync(MessageTypes.Error, new ErrorMessage(error.StatusCode, error.Message), patience.Token).WaitAsync(patience.Token);
            await DiscardInputAsync(patience.Token);
        }
        catch (Exception e) when (e is UaException or IOException or OperationCanceledException)
        {
            // Kestrel would wait until the client has taken all bytes; this one may never do.
            _server.Logger.ConnectionBroke(Remote, e);
            _connection.Abort(new ConnectionAbortedException("The client did not take its error in time.", e));
        }
    }

    /// <summary>Reads on until the client closes, for a moment: closing over unread bytes would reset the connection, and ERR with it.</summary>
    private async Task DiscardInputAsync(CancellationToken cancellationToken)
    {
        var input = _connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return;
        }
    }
}

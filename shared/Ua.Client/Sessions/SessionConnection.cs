using Ua.Core;
using Ua.Transport;

namespace Ua.Client;

/// <summary>An active session on an open channel. Ends once, with the first reason there is; a new one takes its place.</summary>
internal sealed class SessionConnection : IAsyncDisposable
{
    private readonly ClientChannel _channel;
    private readonly SessionHandshake _handshake;
    private readonly SessionOptions _options;
    private readonly TaskCompletionSource<UaException> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private uint _handle;
    private long _lastAnswer;

    public SessionConnection(
        ClientChannel channel, SessionHandshake handshake, EndpointDescription endpoint, SessionTicket ticket, bool isResumed, SessionOptions options)
    {
        _channel = channel;
        _handshake = handshake;
        _options = options;
        Endpoint = endpoint;
        Ticket = ticket;
        IsResumed = isResumed;
        _lastAnswer = options.Time.GetTimestamp();
        _ = WatchAsync();
    }

    public EndpointDescription Endpoint { get; }

    public SessionTicket Ticket { get; private set; }

    public bool IsResumed { get; }

    /// <summary>Completes with the reason when the connection can no longer be used.</summary>
    public Task<UaException> Ended => _ended.Task;

    /// <summary>Cancelled at the same time.</summary>
    public CancellationToken Stopping => _stop.Token;

    public TimeSpan SinceLastAnswer => _options.Time.GetElapsedTime(Interlocked.Read(ref _lastAnswer));

    public async Task<TResponse> SendAsync<TRequest, TResponse>(IServiceRequest<TRequest, TResponse> request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IServiceResponse<TResponse>
    {
        var header = request.Header with
        {
            AuthenticationToken = Ticket.AuthenticationToken,
            Timestamp = _options.Time.GetUtcNow().UtcDateTime,
            RequestHandle = Interlocked.Increment(ref _handle),
            TimeoutHint = (uint)timeout.TotalMilliseconds,
            ReturnDiagnostics = request.Header.ReturnDiagnostics | TextDiagnostics.OfService,
        };
        try
        {
            var response = await _channel.SendAsync((IServiceRequest<TRequest, TResponse>)request.With(header), cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref _lastAnswer, _options.Time.GetTimestamp());
            return response;
        }
        catch (UaException e) when (ConnectionErrors.IsSessionLost(e))
        {
            End(e);
            throw;
        }
    }

    /// <summary>Goes on as another user.</summary>
    public async Task ActivateAsync(UserIdentity user, CancellationToken cancellationToken) =>
        Ticket = await _handshake.ActivateAsync(Ticket, user, cancellationToken).ConfigureAwait(false);

    public void End(UaException reason)
    {
        if (_ended.TrySetResult(reason)) _stop.Cancel();
    }

    private async Task WatchAsync() => End(await _channel.Closed.ConfigureAwait(false));

    public async ValueTask DisposeAsync()
    {
        End(new UaException(StatusCodes.BadConnectionClosed, "The connection was given up."));
        await _channel.DisposeAsync().ConfigureAwait(false);
    }
}

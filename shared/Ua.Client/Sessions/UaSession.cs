using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Client;

/// <summary>
/// A session with a server that stays: after a lost connection it opens a new channel and takes up the same session, or
/// makes a new one that takes over the subscriptions of the old one. Calls wait meanwhile, up to their time limit; a call that was on its way
/// when the connection broke fails, since only the caller knows whether it may be repeated.
/// </summary>
public sealed partial class UaSession : IAsyncDisposable
{
    private readonly SessionOptions _options;
    private readonly ILogger _logger;
    private readonly SessionConnector _connector;
    private readonly ConnectionGate _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SubscriptionSet _subscriptions;
    private readonly NamespaceTable _namespaces = new();
    private volatile UserIdentity _user;
    private volatile SessionStateChange _state = new(SessionState.Reconnecting);
    private Task _maintenance = Task.CompletedTask;
    private int _disposed;

    private UaSession(SessionOptions options)
    {
        _options = options;
        _user = options.User;
        _logger = options.LoggerFactory.CreateLogger<UaSession>();
        _connector = new SessionConnector(options, _logger);
        _subscriptions = new SubscriptionSet(this, options, _logger);
    }

    /// <summary>Raised on each change, from the session's own loop: handlers must be quick.</summary>
    public event Action<SessionStateChange>? StateChanged;

    public SessionState State => _state.State;

    /// <summary>The last change, with its reason.</summary>
    public SessionStateChange LastChange => _state;

    public SessionOptions Options => _options;

    /// <summary>The endpoint in use; null while there is no connection.</summary>
    public EndpointDescription? Endpoint => _gate.Current?.Endpoint;

    /// <summary>The server's id of the session; null id while there is no connection.</summary>
    public NodeId SessionId => _gate.Current?.Ticket.SessionId ?? NodeId.Null;

    internal NamespaceTable Namespaces => _namespaces;

    internal SubscriptionSet Subscriptions => _subscriptions;

    internal SessionConnection? Current => _gate.Current;

    /// <summary>Connects; from then on the session looks after itself.</summary>
    /// <exception cref="UaException">Why the first attempt failed: nothing is retried before a first success.</exception>
    public static async Task<UaSession> ConnectAsync(SessionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var session = new UaSession(options);
        var connection = await session._connector.ConnectAsync(null, session._user, cancellationToken).ConfigureAwait(false);
        session.Connected(connection);
        session._maintenance = Task.Run(() => session.MaintainAsync(connection), CancellationToken.None);
        return session;
    }

    /// <summary>Any service. The header is filled in here; its ReturnDiagnostics and AuditEntryId are kept.</summary>
    /// <exception cref="UaException">The service result, or why there was no answer.</exception>
    public async Task<TResponse> SendAsync<TRequest, TResponse>(IServiceRequest<TRequest, TResponse> request, CancellationToken cancellationToken = default)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IServiceResponse<TResponse>
    {
        var started = _options.Time.GetTimestamp();
        var connection = await WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
        var left = _options.RequestTimeout - _options.Time.GetElapsedTime(started);
        return await connection.SendAsync(request, left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on as another user; the subscriptions stay. Further connections are made as this user too.</summary>
    public async Task ChangeUserAsync(UserIdentity user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        var connection = await WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
        await connection.ActivateAsync(user, cancellationToken).ConfigureAwait(false);
        _user = user;
    }

    /// <summary>Closes the session at the server, as far as it can be reached, and the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        var connection = _gate.Current;
        _gate.Break(ClosedByOwner());
        if (connection is not null && !connection.Ended.IsCompleted) await CloseAsync(connection).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _maintenance.ConfigureAwait(false);
        _subscriptions.Complete();
        Announce(new SessionStateChange(SessionState.Closed));
        _stop.Dispose();
    }

    private static UaException ClosedByOwner() => new(StatusCodes.BadSessionClosed, "The session was closed by its owner.");

    internal async Task<SessionConnection> WaitForConnectionAsync(CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(_options.RequestTimeout, _options.Time, cancellationToken);
        try
        {
            return await _gate.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.HasPassed)
        {
            var reason = _state.Reason is { } r ? $" ({r.Message})" : "";
            throw new UaException(StatusCodes.BadServerNotConnected, $"There is no connection to {_options.EndpointUrl}{reason}.", e);
        }
    }

    private async Task CloseAsync(SessionConnection connection)
    {
        try
        {
            await connection.SendAsync(new CloseSessionRequest(RequestHeader.Empty, DeleteSubscriptions: true), TimeSpan.FromSeconds(2), CancellationToken.None).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            Log.CloseFailed(_logger, connection.Ticket.SessionId, e.StatusCode, e.Message);
        }
    }
}

using Ua.Core;

namespace Ua.Client;

public sealed partial class UaSession
{
    /// <summary>Lives as long as the session: looks after a connection until it ends, then makes the next.</summary>
    private async Task MaintainAsync(SessionConnection connection)
    {
        while (true)
        {
            var reason = await LookAfterAsync(connection).ConfigureAwait(false);
            if (_stop.IsCancellationRequested) return;
            if (!_options.Reconnects)
            {
                EndWith(reason);
                return;
            }

            _gate.Shut();
            Log.ConnectionLost(_logger, _options.EndpointUrl, reason.StatusCode, reason.Message);
            Announce(new SessionStateChange(SessionState.Reconnecting, reason));
            var next = await ReconnectAsync(connection.Ticket).ConfigureAwait(false);
            if (next is null) return;
            connection = next;
        }
    }

    private void EndWith(UaException reason)
    {
        _gate.Break(reason);
        Log.ConnectionLost(_logger, _options.EndpointUrl, reason.StatusCode, reason.Message);
        _subscriptions.Complete();
        Announce(new SessionStateChange(SessionState.Closed, reason));
    }

    private async Task<UaException> LookAfterAsync(SessionConnection connection)
    {
        await using (connection.ConfigureAwait(false))
        {
            using var stop = _stop.Token.Register(() => connection.End(ClosedByOwner()));
            var publishing = RunAsync(connection, () => _subscriptions.RunAsync(connection));
            var keepingAlive = RunAsync(connection, () => KeepAlive.RunAsync(connection, _options, () => _subscriptions.CheckAsync(connection)));
            var reason = await connection.Ended.ConfigureAwait(false);
            await Task.WhenAll(publishing, keepingAlive).ConfigureAwait(false);
            return reason;
        }
    }

    /// <summary>Runs something that belongs to a connection: where it fails, the connection ends, and the next one starts it anew.</summary>
    private async Task RunAsync(SessionConnection connection, Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.ConnectionFailed(_logger, _options.EndpointUrl, e);
            connection.End(e as UaException ?? new UaException(StatusCodes.BadUnexpectedError, e.Message, e));
        }
    }

    /// <summary>Tries until it works; null where the session was closed meanwhile.</summary>
    private async Task<SessionConnection?> ReconnectAsync(SessionTicket ticket)
    {
        SessionTicket? resumable = ticket;
        var delays = new ReconnectDelays(_options.FirstReconnectDelay, _options.LongestReconnectDelay);
        while (true)
        {
            try
            {
                var connection = await _connector.ConnectAsync(resumable, _user, _stop.Token).ConfigureAwait(false);
                if (!connection.IsResumed) resumable = null;
                await RestoreAsync(connection).ConfigureAwait(false);
                return connection;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return null;
            }
            catch (UaException e)
            {
                Log.ReconnectFailed(_logger, _options.EndpointUrl, e.StatusCode, e.Message);
                Announce(new SessionStateChange(SessionState.Reconnecting, e));
            }

            try
            {
                await Task.Delay(delays.Next(), _options.Time, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private async Task RestoreAsync(SessionConnection connection)
    {
        try
        {
            if (!connection.IsResumed) await _subscriptions.RestoreAsync(connection, _stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        Connected(connection);
    }

    private void Connected(SessionConnection connection)
    {
        _namespaces.Forget();
        _gate.Open(connection);
        Log.Connected(_logger, connection.Endpoint.EndpointUrl, connection.Endpoint.SecurityMode, connection.Endpoint.SecurityPolicyUri, connection.IsResumed);
        Announce(new SessionStateChange(SessionState.Connected, null, connection.IsResumed));
    }

    private void Announce(SessionStateChange change)
    {
        _state = change;
        foreach (var handler in (StateChanged?.GetInvocationList() ?? []).Cast<Action<SessionStateChange>>())
        {
            try
            {
                handler(change);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.HandlerFailed(_logger, nameof(StateChanged), e);
            }
        }
    }
}

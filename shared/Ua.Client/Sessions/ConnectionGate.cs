namespace Ua.Client;

/// <summary>Where calls wait for a connection: open while there is one, shut while it is made again, broken for good after the end.</summary>
internal sealed class ConnectionGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<SessionConnection> _next = NewSource();

    /// <summary>The connection of this moment; null where there is none.</summary>
    public SessionConnection? Current
    {
        get
        {
            lock (_lock) return _next.Task.IsCompletedSuccessfully ? _next.Task.Result : null;
        }
    }

    public Task<SessionConnection> WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _next.Task.WaitAsync(cancellationToken);
    }

    public void Open(SessionConnection connection)
    {
        lock (_lock) _next.TrySetResult(connection);
    }

    public void Shut()
    {
        lock (_lock)
        {
            if (_next.Task.IsCompletedSuccessfully) _next = NewSource();
        }
    }

    public void Break(Exception reason)
    {
        lock (_lock)
        {
            if (_next.Task.IsCompleted) _next = NewSource();
            _next.TrySetException(reason);
            _ = _next.Task.Exception;
        }
    }

    private static TaskCompletionSource<SessionConnection> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

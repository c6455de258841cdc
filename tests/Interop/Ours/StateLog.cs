using Ua.Client;

namespace Interop.Ours;

/// <summary>The changes of a session's state, to wait for.</summary>
internal sealed class StateLog
{
    private readonly Lock _lock = new();
    private readonly List<SessionStateChange> _changes = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(SessionStateChange change)
    {
        lock (_lock)
        {
            _changes.Add(change);
            _next.TrySetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until so many changes fit.</summary>
    public async Task WaitForAsync(Func<SessionStateChange, bool> fits, int count, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_changes.Count(fits) >= count) return;
                next = _next.Task;
            }

            await next.WaitAsync(limit.Token);
        }
    }
}

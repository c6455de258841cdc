namespace Ua.Client.Tests.Kit;

/// <summary>The changes of a session's state, to wait for.</summary>
internal sealed class StateLog
{
    private readonly Lock _lock = new();
    private readonly List<SessionStateChange> _changes = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StateLog(UaSession session) => session.StateChanged += Add;

    /// <summary>Waits until so many changes fit; gives the last of them.</summary>
    public async Task<SessionStateChange> WaitForAsync(Func<SessionStateChange, bool> fits, int count = 1)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            Task next;
            lock (_lock)
            {
                var fitting = _changes.Where(fits).ToList();
                if (fitting.Count >= count) return fitting[count - 1];
                next = _next.Task;
            }

            await next.WaitAsync(limit.Token);
        }
    }

    public Task<SessionStateChange> ConnectedAsync(int count = 1) => WaitForAsync(c => c.State == SessionState.Connected, count);

    private void Add(SessionStateChange change)
    {
        lock (_lock)
        {
            _changes.Add(change);
            _next.TrySetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

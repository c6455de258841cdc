namespace Ua.Server.Hosting;

/// <summary>Keeps <see cref="TrustWatch"/> from closing channels while an answer over one of them is under way.</summary>
internal sealed class TrustWatchPause
{
    private readonly Lock _gate = new();
    private int _holds;
    private TaskCompletionSource _free = Completed();

    /// <summary>Holds until disposed; more than one may.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            if (_holds++ == 0) _free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Holding(this);
    }

    /// <summary>Ends when nobody holds.</summary>
    public Task EndAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _free.Task.WaitAsync(cancellationToken);
    }

    private void Release()
    {
        lock (_gate)
        {
            if (--_holds == 0) _free.SetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private sealed class Holding(TrustWatchPause pause) : IDisposable
    {
        private TrustWatchPause? _pause = pause;

        public void Dispose() => Interlocked.Exchange(ref _pause, null)?.Release();
    }
}

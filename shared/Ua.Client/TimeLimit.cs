using Ua.Core;

namespace Ua.Client;

/// <summary>A token that is cancelled by the caller or when time is up, and tells which it was.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _time;

    public TimeLimit(TimeSpan time, TimeProvider clock, CancellationToken caller)
    {
        _time = time;
        _caller = caller;
        _timer = new CancellationTokenSource(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>True where time was up and the caller has not cancelled.</summary>
    public bool HasPassed => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    public UaException Exceeded(string what, Exception inner) => new(StatusCodes.BadTimeout, $"{what} within {_time.TotalSeconds:0.###} s.", inner);

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}

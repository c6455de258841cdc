using Microsoft.Extensions.Logging;

namespace Ua.Server.Subscriptions;

/// <summary>
/// Runs callbacks when they fall due, all of them on one timer, so that a thousand subscriptions cost no thread. What falls due
/// within one grain runs together at its end: a thousand subscriptions do not wake the machine a thousand times a second.
/// </summary>
internal sealed class DueTimer : IDisposable
{
    private static readonly TimeSpan s_grain = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Due, long> _queue = new();
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;
    private bool _disposed;

    public DueTimer(TimeProvider time, ILogger<DueTimer> log)
    {
        _time = time;
        _log = log;
        _timer = time.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs the callback after each period until it is cancelled. A callback that is late does not run twice to catch up.</summary>
    public Due Every(TimeSpan period, Action callback) => Add(period, period, callback);

    public Due Once(TimeSpan delay, Action callback) => Add(delay, TimeSpan.Zero, callback);

    public void Dispose()
    {
        lock (_gate) _disposed = true;
        _timer.Dispose();
    }

    private Due Add(TimeSpan delay, TimeSpan period, Action callback)
    {
        var due = new Due(callback, Ticks(period)) { At = _time.GetTimestamp() + Ticks(delay) };
        lock (_gate) Enqueue(due);
        return due;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private void Enqueue(Due due)
    {
        _queue.Enqueue(due, due.At);
        Arm();
    }

    private void Arm()
    {
        if (_disposed || !_queue.TryPeek(out _, out var next)) return;
        var grain = Ticks(s_grain);
        var end = (next + grain - 1) / grain * grain;
        if (end >= _armedFor) return;
        _armedFor = end;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), end);
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void RunDue()
    {
        lock (_gate) _armedFor = long.MaxValue;
        while (Take() is { } due)
        {
            Run(due);
            if (due.Period == 0) continue;
            lock (_gate)
            {
                var now = _time.GetTimestamp();
                due.At += due.Period;
                if (due.At <= now) due.At = now + due.Period;
                if (!due.IsCancelled) Enqueue(due);
            }
        }

        lock (_gate) Arm();
    }

    private Due? Take()
    {
        lock (_gate)
        {
            while (!_disposed && _queue.TryPeek(out var due, out var at) && (due.IsCancelled || at <= _time.GetTimestamp()))
            {
                _queue.Dequeue();
                if (!due.IsCancelled) return due;
            }

            return null;
        }
    }

    private void Run(Due due)
    {
        try
        {
            due.Callback();
        }
        catch (Exception e)
        {
            Log.TimerCallbackFailed(_log, e);
        }
    }
}

/// <summary>One callback in a <see cref="DueTimer"/>; cancelling it is final.</summary>
internal sealed class Due(Action callback, long period)
{
    private volatile bool _cancelled;

    public Action Callback { get; } = callback;

    public long Period { get; } = period;

    public long At { get; set; }

    public bool IsCancelled => _cancelled;

    public void Cancel() => _cancelled = true;
}

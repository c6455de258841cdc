using System.Threading.Channels;

namespace GatewayAgent.Refresh;

/// <summary>Why the next cycle is not to wait for its time.</summary>
internal enum WakeReason
{
    /// <summary>Somebody on this machine wants it.</summary>
    Asked,

    /// <summary>The GDS announced something new.</summary>
    News,

    /// <summary>A gateway has refused somebody.</summary>
    Found,

    /// <summary>The session that was listened on is gone, or has to be made anew.</summary>
    Lost,
}

/// <summary>Calls the refresh loop. Each reason waits once at most, so that nobody can make it run after itself.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<WakeReason> _reasons = Channel.CreateUnbounded<WakeReason>(new UnboundedChannelOptions { SingleReader = true });
    private int _waiting;

    public void Wake(WakeReason reason)
    {
        var bit = 1 << (int)reason;
        if ((Interlocked.Or(ref _waiting, bit) & bit) == 0) _reasons.Writer.TryWrite(reason);
    }

    /// <returns>Null where nobody called within the time.</returns>
    public async Task<WakeReason?> WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var reason = await _reasons.Reader.ReadAsync(either.Token);
            Interlocked.And(ref _waiting, ~(1 << (int)reason));
            return reason;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // the time is up
        }
    }
}

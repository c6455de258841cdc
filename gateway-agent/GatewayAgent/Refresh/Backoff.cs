using System.Security.Cryptography;
using GatewayAgent.Configuration;

namespace GatewayAgent.Refresh;

/// <summary>When the next cycle comes: the interval after a success, longer and longer waits after failures, both moved by chance.</summary>
internal sealed class Backoff(AgentConfiguration configuration)
{
    /// <param name="failuresInARow">0 after a success.</param>
    /// <param name="isWaiting">A request waits for approval.</param>
    public TimeSpan Next(int failuresInARow, bool isWaiting)
    {
        var wait = failuresInARow == 0 ? Moved(configuration.RefreshInterval) : Spread(Wait(failuresInARow));
        return isWaiting && wait > configuration.PendingInterval ? Moved(configuration.PendingInterval) : wait;
    }

    /// <summary>How long a cycle that was called for waits.</summary>
    /// <param name="lossesInARow">How often the kept session was lost soon after it had been made.</param>
    public TimeSpan Until(WakeReason reason, int lossesInARow) => reason switch
    {
        WakeReason.News => configuration.NewsSpread * Chance(),
        WakeReason.Lost => Wait(Math.Max(1, lossesInARow)) * Chance(),
        _ => TimeSpan.Zero,
    };

    private TimeSpan Wait(int failures)
    {
        var doublings = Math.Min(failures - 1, 30);
        var ticks = configuration.RetryInterval.Ticks * Math.Pow(2, doublings);
        return ticks >= configuration.LongestRetryInterval.Ticks ? configuration.LongestRetryInterval : TimeSpan.FromTicks((long)ticks);
    }

    private TimeSpan Moved(TimeSpan wait) => wait + (wait * (((2 * Chance()) - 1) * configuration.Jitter));

    /// <summary>Between half of the wait and all of it: what a GDS that comes back meets is a fleet that was lost in one instant.</summary>
    private static TimeSpan Spread(TimeSpan wait) => wait * (0.5 + (Chance() / 2));

    /// <summary>Between 0 and 1.</summary>
    private static double Chance() => RandomNumberGenerator.GetInt32(0, 1001) / 1000.0;
}

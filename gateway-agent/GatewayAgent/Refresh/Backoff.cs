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
        var wait = failuresInARow == 0 ? configuration.RefreshInterval : Wait(failuresInARow);
        return Moved(isWaiting && wait > configuration.PendingInterval ? configuration.PendingInterval : wait);
    }

    private TimeSpan Wait(int failures)
    {
        var doublings = Math.Min(failures - 1, 30);
        var ticks = configuration.RetryInterval.Ticks * Math.Pow(2, doublings);
        return ticks >= configuration.LongestRetryInterval.Ticks ? configuration.LongestRetryInterval : TimeSpan.FromTicks((long)ticks);
    }

    private TimeSpan Moved(TimeSpan wait)
    {
        var part = RandomNumberGenerator.GetInt32(-1000, 1001) / 1000.0 * configuration.Jitter;
        return wait + (wait * part);
    }
}

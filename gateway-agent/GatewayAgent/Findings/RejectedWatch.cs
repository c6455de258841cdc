using GatewayAgent.Refresh;
using Microsoft.Extensions.Hosting;

namespace GatewayAgent.Findings;

/// <summary>Watches the rejected certificates of all gateways, so that the GDS hears of one at once and not with the next cycle.</summary>
internal sealed class RejectedWatch(Fleet fleet, WakeSignal wake, TimeProvider time) : BackgroundService
{
    /// <summary>How long it waits where agent.json cannot be used yet; the refresh loop says why.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Not disposed: a change of the fleet may be told in the moment in which the watch ends.
            var until = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            fleet.Changed += Again;
            try
            {
                await WatchAsync(until.Token);
            }
            catch (AgentProblem)
            {
                await Task.Delay(Retry, time, until.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                fleet.Changed -= Again;
            }

            void Again() => until.Cancel();
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var (_, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        var stores = (agent is null ? managed : [.. managed, agent]).SelectMany(a => a.Stores);
        var watching = stores.Select(s => s.Folder.WatchRejectedAsync(() => wake.Wake(WakeReason.Found), cancellationToken));
        await Task.WhenAll(watching.Append(Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

using System.Collections.Concurrent;
using GatewayAgent.Refresh;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace GatewayAgent.Gds;

/// <summary>
/// Listens to the LastUpdateTime of trust lists by a data change subscription, which every GDS has, and calls for a cycle
/// when one is not what the last cycle saw. What a subscription says first is the value of that moment, so that a change
/// between cycle and subscription is heard too.
/// </summary>
internal sealed class TrustListListening(UaSession session, SubscriptionOptions options, WakeSignal wake, ILogger logger)
{
    private readonly Dictionary<NodeId, DataItem> _items = [];
    private readonly ConcurrentDictionary<NodeId, DateTimeOffset> _seen = new();
    private Subscription? _subscription;

    /// <param name="seen">The variables to listen to, and what the last cycle knows of them.</param>
    /// <exception cref="UaException">The GDS does not let the agent listen.</exception>
    public async Task WatchAsync(IReadOnlyDictionary<NodeId, DateTimeOffset> seen, CancellationToken cancellationToken)
    {
        foreach (var (variable, time) in seen) _seen[variable] = time;
        _subscription ??= await session.SubscribeAsync(options, cancellationToken);
        foreach (var gone in _items.Keys.Except(seen.Keys).ToList())
        {
            await _subscription.RemoveAsync(_items[gone], cancellationToken);
            _items.Remove(gone);
            _seen.TryRemove(gone, out _);
        }

        foreach (var variable in seen.Keys.Except(_items.Keys).ToList())
        {
            var item = await _subscription.MonitorAsync(variable, new ItemOptions { BufferSize = 1 }, cancellationToken);
            _items[variable] = item;
            _ = HearAsync(variable, item);
        }
    }

    /// <summary>Ends with the item, at the latest with the session.</summary>
    private async Task HearAsync(NodeId variable, DataItem item)
    {
        await foreach (var value in item.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (_seen.TryGetValue(variable, out var seen) && LastUpdateTimes.TimeOf(value) is { } time && new DateTimeOffset(time) == seen) continue;
            Log.News(logger, variable);
            wake.Wake(WakeReason.News);
        }
    }
}

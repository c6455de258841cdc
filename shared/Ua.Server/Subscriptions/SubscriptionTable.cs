using System.Collections.Concurrent;
using Ua.Core;
using Ua.Server.Hosting;

namespace Ua.Server.Subscriptions;

/// <summary>What the subscriptions of all sessions share: limits, the timer, ids and counts.</summary>
internal sealed class SubscriptionTable(SubscriptionLimits limits, DueTimer timer, TimeProvider time)
{
    private readonly ConcurrentDictionary<double, int> _intervals = [];
    private uint _lastSubscriptionId;
    private uint _lastItemId;
    private int _subscriptionCount;
    private int _itemCount;
    private long _created;
    private long _order;

    public SubscriptionLimits Limits { get; } = limits;

    public DueTimer Timer { get; } = timer;

    public int SubscriptionCount => Volatile.Read(ref _subscriptionCount);

    public int ItemCount => Volatile.Read(ref _itemCount);

    /// <summary>How many subscriptions were created since the start.</summary>
    public long Created => Interlocked.Read(ref _created);

    /// <summary>How many different publishing intervals are in use.</summary>
    public int PublishingIntervals => _intervals.Count;

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public uint NextSubscriptionId() => NextId(ref _lastSubscriptionId);

    public uint NextItemId() => NextId(ref _lastItemId);

    /// <summary>Rises with every call: the order in which subscriptions began to wait.</summary>
    public long NextOrder() => Interlocked.Increment(ref _order);

    public void Admit()
    {
        if (Interlocked.Increment(ref _subscriptionCount) > Limits.MaxSubscriptions)
        {
            Interlocked.Decrement(ref _subscriptionCount);
            throw new UaException(StatusCodes.BadTooManySubscriptions, $"The server has its {Limits.MaxSubscriptions} subscriptions.");
        }

        Interlocked.Increment(ref _created);
    }

    public bool TryAdmitItem()
    {
        if (Interlocked.Increment(ref _itemCount) <= Limits.MaxMonitoredItems) return true;
        Interlocked.Decrement(ref _itemCount);
        return false;
    }

    public void IntervalStarted(double interval) => _intervals.AddOrUpdate(interval, 1, static (_, count) => count + 1);

    public void IntervalEnded(double interval)
    {
        if (_intervals.AddOrUpdate(interval, 0, static (_, count) => count - 1) == 0) _intervals.TryRemove(new(interval, 0));
    }

    public void Release(int items, bool subscription)
    {
        Interlocked.Add(ref _itemCount, -items);
        if (subscription) Interlocked.Decrement(ref _subscriptionCount);
    }

    private static uint NextId(ref uint last)
    {
        uint id;
        do id = Interlocked.Increment(ref last);
        while (id == 0);
        return id;
    }
}

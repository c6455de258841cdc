using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ua.Core;
using Ua.Server.Hosting;

namespace Ua.Server.Subscriptions;

/// <summary>All subscriptions by their ids, and what they share: limits, the timer and counts.</summary>
internal sealed class SubscriptionTable(SubscriptionLimits limits, DueTimer timer, TimeProvider time)
{
    private readonly ConcurrentDictionary<double, int> _intervals = [];
    private readonly ConcurrentDictionary<uint, Subscription> _byId = [];

    /// <summary>Begins anywhere, so that after a restart a client does not take over, by an id of before, what is another's now.</summary>
    private uint _lastSubscriptionId = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
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
    public long CreatedCount => Interlocked.Read(ref _created);

    /// <summary>How many different publishing intervals are in use.</summary>
    public int PublishingIntervals => _intervals.Count;

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public uint NextSubscriptionId() => NextId(ref _lastSubscriptionId);

    public uint NextItemId() => NextId(ref _lastItemId);

    /// <summary>Rises with every call: the order in which subscriptions began to wait, and sessions began.</summary>
    public long NextOrder() => Interlocked.Increment(ref _order);

    /// <summary>The subscription with an id, whichever session has it or had it last.</summary>
    public Subscription? Find(uint id) => _byId.GetValueOrDefault(id);

    /// <summary>Counts a subscription in. Where there is no room, the one that has been without a session for longest makes it. Called outside all gates.</summary>
    public void Admit()
    {
        while (Interlocked.Increment(ref _subscriptionCount) > Limits.MaxSubscriptions)
        {
            Interlocked.Decrement(ref _subscriptionCount);
            if (!TryEndOldestLeftBehind()) throw new UaException(StatusCodes.BadTooManySubscriptions, $"The server has its {Limits.MaxSubscriptions} subscriptions.");
        }
    }

    public void Created(Subscription subscription)
    {
        _byId[subscription.Id] = subscription;
        Interlocked.Increment(ref _created);
    }

    public void Ended(Subscription subscription)
    {
        _byId.TryRemove(subscription.Id, out _);
        Release(subscription.Items.Count, subscription: true);
    }

    public SubscriptionDiagnosticsDataType[] Describe()
    {
        var all = new List<SubscriptionDiagnosticsDataType>();
        foreach (var subscription in _byId.Values) subscription.Enter(() => all.Add(subscription.Describe()));
        return [.. all];
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

    private bool TryEndOldestLeftBehind()
    {
        while (_byId.Values.Where(s => s.LeftSince != 0).MinBy(s => s.LeftSince) is { } oldest)
        {
            if (oldest.Owner.TryDiscard(oldest)) return true;
        }

        return false;
    }

    private static uint NextId(ref uint last)
    {
        uint id;
        do id = Interlocked.Increment(ref last);
        while (id == 0);
        return id;
    }
}

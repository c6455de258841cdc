using Ua.Core;

namespace Ua.Server.Subscriptions;

internal sealed partial class SessionSubscriptions
{
    /// <summary>Fails where the session has no such subscription.</summary>
    public Subscription Require(uint subscriptionId)
    {
        lock (_gate) return Get(subscriptionId);
    }

    /// <summary>Adds an item that was checked before, or says why there is no room for it. The caller starts it.</summary>
    public StatusCode AddItem(uint subscriptionId, Func<Subscription, uint, MonitoredItem> make, out MonitoredItem? item)
    {
        item = null;
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(subscriptionId, out var subscription)) return StatusCodes.BadSubscriptionIdInvalid;
            if (subscription.Items.Count >= Limits.MaxMonitoredItemsPerSubscription || !table.TryAdmitItem()) return StatusCodes.BadTooManyMonitoredItems;
            item = make(subscription, table.NextItemId());
            subscription.Add(item);
            return StatusCodes.Good;
        }
    }

    /// <summary>Does something with one item inside the gate.</summary>
    public StatusCode WithItem(uint subscriptionId, uint itemId, Func<MonitoredItem, StatusCode> action)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(subscriptionId, out var subscription)) return StatusCodes.BadSubscriptionIdInvalid;
            return subscription.Items.TryGetValue(itemId, out var item) ? action(item) : StatusCodes.BadMonitoredItemIdInvalid;
        }
    }

    public StatusCode DeleteItem(uint subscriptionId, uint itemId)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(subscriptionId, out var subscription)) return StatusCodes.BadSubscriptionIdInvalid;
            if (!subscription.TryRemove(itemId, out _)) return StatusCodes.BadMonitoredItemIdInvalid;
            table.Release(1, subscription: false);
            return StatusCodes.Good;
        }
    }

    /// <summary>Adds and removes links between items; removals come first (Part 4, 5.13.5).</summary>
    public (StatusCode[] Added, StatusCode[] Removed) SetTriggering(uint subscriptionId, uint triggeringId, uint[] toAdd, uint[] toRemove)
    {
        lock (_gate)
        {
            var subscription = Get(subscriptionId);
            if (!subscription.Items.TryGetValue(triggeringId, out var triggering))
                throw new UaException(StatusCodes.BadMonitoredItemIdInvalid, $"Subscription {subscriptionId} has no item {triggeringId} that could trigger.");
            var removed = Array.ConvertAll(toRemove, id => Link(subscription, id, triggering.RemoveTrigger));
            var added = Array.ConvertAll(toAdd, id => Link(subscription, id, linked => linked == triggering ? false : triggering.AddTrigger(linked) || true));
            return (added, removed);
        }
    }

    /// <summary>The ids of the items of a subscription with the handles of the client, for GetMonitoredItems (Part 5, 9.1).</summary>
    public (uint[] ServerHandles, uint[] ClientHandles) ListItems(uint subscriptionId)
    {
        lock (_gate)
        {
            var items = Get(subscriptionId).Items.Values;
            return ([.. items.Select(i => i.Id)], [.. items.Select(i => i.ClientHandle)]);
        }
    }

    public bool Has(uint subscriptionId)
    {
        lock (_gate) return _subscriptions.ContainsKey(subscriptionId);
    }

    /// <summary>The items of a subscription that watch events, for a refresh of conditions (Part 9, 5.5.7).</summary>
    public List<EventItem> EventItems(uint subscriptionId)
    {
        lock (_gate) return [.. Get(subscriptionId).Items.Values.OfType<EventItem>()];
    }

    /// <summary>Queues the last value of every reporting data item again (Part 5, 9.2).</summary>
    public void Resend(uint subscriptionId)
    {
        lock (_gate)
        {
            Get(subscriptionId).Resend();
        }
    }

    public SubscriptionDiagnosticsDataType[] Describe()
    {
        lock (_gate) return [.. _subscriptions.Values.Select(s => s.Describe())];
    }

    /// <summary>Runs something inside the gate, such as for items that have news to queue; false where another session has the subscription now.</summary>
    public bool TryEnter(Subscription subscription, Action action)
    {
        lock (_gate)
        {
            if (subscription.Owner != this) return false;
            action();
            return true;
        }
    }

    private static StatusCode Link(Subscription subscription, uint itemId, Func<MonitoredItem, bool> change) =>
        subscription.Items.TryGetValue(itemId, out var linked) && change(linked) ? StatusCodes.Good : StatusCodes.BadMonitoredItemIdInvalid;
}

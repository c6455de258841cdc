using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>
/// The state machine of one subscription (Part 4, 5.14.1.2). It decides when a message is due; sending needs a publish request,
/// which <see cref="SessionSubscriptions"/> brings. Guarded by the gate of that owner, which a transfer changes.
/// </summary>
internal sealed class Subscription(uint id, SessionSubscriptions owner, SubscriptionSettings settings)
{
    private readonly Dictionary<uint, MonitoredItem> _items = [];
    private readonly Queue<MonitoredItem> _line = new();
    private readonly SentMessages _sent = new();
    private volatile SessionSubscriptions _owner = owner;
    private long _leftSince;
    private bool _messageSent;
    private uint _keepAliveCounter = settings.MaxKeepAliveCount;
    private uint _lifetimeCounter = settings.LifetimeCount;

    public uint Id { get; } = id;

    /// <summary>The session that has it now, or had it last. Changes under the gates of both sessions.</summary>
    public SessionSubscriptions Owner => _owner;

    public SubscriptionSettings Settings { get; private set; } = settings;

    public bool PublishingEnabled { get; private set; } = settings.PublishingEnabled;

    /// <summary>The publishing timer; its owner's to start and stop.</summary>
    public Due? Timer { get; set; }

    /// <summary>Not 0 while a message waits for a publish request: its place in the order of waiting.</summary>
    public long WaitingSince { get; private set; }

    /// <summary>Not 0 while no session has it: its place in the order of those that were left.</summary>
    public long LeftSince => Interlocked.Read(ref _leftSince);

    public bool IsDeleted { get; private set; }

    public IReadOnlyDictionary<uint, MonitoredItem> Items => _items;

    public uint NextSequenceNumber => _sent.Next;

    public SubscriptionCounts Counts { get; } = new();

    private bool HasNotifications
    {
        get
        {
            while (_line.TryPeek(out var item))
            {
                if (!item.IsDeleted && item.WantsToReport) return true;
                _line.Dequeue();
                item.IsInLine = false;
            }

            return false;
        }
    }

    /// <summary>Runs something inside the gate of the session that has the subscription at that moment.</summary>
    public void Enter(Action action)
    {
        while (!Owner.TryEnter(this, action)) Thread.Yield();
    }

    /// <summary>Its session has ended; it lives on for its lifetime.</summary>
    public void Leave(long order) => Interlocked.Exchange(ref _leftSince, order);

    /// <summary>Goes over to another session, with everything queued and sent (Part 4, 5.14.7); gives the numbers that can be asked for again.</summary>
    public uint[] TransferTo(SessionSubscriptions next, bool sendInitialValues)
    {
        if (_owner.Caller.ClientDescription?.ApplicationUri == next.Caller.ClientDescription?.ApplicationUri) Counts.TransferredToSameClient++;
        else Counts.TransferredToAlternateClient++;
        _owner = next;
        Interlocked.Exchange(ref _leftSince, 0);
        _lifetimeCounter = Settings.LifetimeCount;
        if (sendInitialValues) Resend();
        return _sent.Available();
    }

    /// <summary>Queues the last value of every reporting data item again (Part 5, 9.2).</summary>
    public void Resend()
    {
        foreach (var item in _items.Values) item.Resend();
    }

    /// <summary>The publishing timer has expired. False ends the subscription: nobody has asked for its messages during its lifetime.</summary>
    public bool Tick(bool requestIsQueued, long order)
    {
        if (requestIsQueued) _lifetimeCounter = Settings.LifetimeCount;
        else if (--_lifetimeCounter == 0) return false;

        if (WaitingSince != 0) return true;
        if (!requestIsQueued) Counts.Late++;
        if ((PublishingEnabled && HasNotifications) || !_messageSent || _keepAliveCounter <= 1) WaitingSince = order;
        else _keepAliveCounter--;
        return true;
    }

    /// <summary>The message that is due: notifications, or a keep-alive. What does not fit waits on, behind others of its priority.</summary>
    public PublishContents Publish(DateTime now, long order)
    {
        _messageSent = true;
        Counts.Published++;
        _keepAliveCounter = Settings.MaxKeepAliveCount;
        _lifetimeCounter = Settings.LifetimeCount;
        if (!PublishingEnabled || !HasNotifications)
        {
            WaitingSince = 0;
            return new(Id, _sent.Available(), MoreNotifications: false, new NotificationMessage(_sent.Next, now, []));
        }

        var contents = Collect();
        Counts.Values += (uint)contents.Values.Count;
        Counts.Events += (uint)contents.Events.Count;
        var message = new NotificationMessage(_sent.Next, now, contents.ToNotificationData());
        var more = HasNotifications;
        WaitingSince = more ? order : 0;
        if (!_sent.Add(message, Owner.Limits.MaxRetransmissionMessages)) Counts.Discarded++;
        return new(Id, _sent.Available(), more, message);
    }

    public StatusCode Acknowledge(uint sequenceNumber) =>
        _sent.Remove(sequenceNumber) ? StatusCodes.Good : StatusCodes.BadSequenceNumberUnknown;

    public NotificationMessage Republish(uint sequenceNumber)
    {
        _lifetimeCounter = Settings.LifetimeCount;
        Counts.RepublishRequests++;
        var message = _sent.Find(sequenceNumber)
            ?? throw new UaException(StatusCodes.BadMessageNotAvailable, $"Subscription {Id} no longer holds message {sequenceNumber}.");
        Counts.Republished++;
        return message;
    }

    public void Modify(SubscriptionSettings settings)
    {
        Settings = settings with { PublishingEnabled = PublishingEnabled };
        Counts.Modified++;
        _keepAliveCounter = settings.MaxKeepAliveCount;
        _lifetimeCounter = settings.LifetimeCount;
    }

    public void SetPublishingMode(bool enabled)
    {
        PublishingEnabled = enabled;
        if (enabled) Counts.Enabled++;
        else Counts.Disabled++;
        _lifetimeCounter = Settings.LifetimeCount;
    }

    public void Add(MonitoredItem item) => _items.Add(item.Id, item);

    public bool TryRemove(uint itemId, out MonitoredItem? item)
    {
        if (!_items.Remove(itemId, out item)) return false;
        item.Delete();
        foreach (var other in _items.Values) other.RemoveTrigger(item);
        return true;
    }

    /// <summary>Puts an item in the line of those that the next message takes from.</summary>
    public void Line(MonitoredItem item)
    {
        if (item.IsInLine || IsDeleted) return;
        item.IsInLine = true;
        _line.Enqueue(item);
    }

    public void Delete()
    {
        IsDeleted = true;
        foreach (var item in _items.Values) item.Delete();
    }

    public SubscriptionDiagnosticsDataType Describe() =>
        new(Owner.Caller.SessionId, Id, Settings.Priority, Settings.PublishingInterval, Settings.MaxKeepAliveCount, Settings.LifetimeCount, Settings.MaxNotificationsPerPublish, PublishingEnabled)
        {
            ModifyCount = Counts.Modified,
            EnableCount = Counts.Enabled,
            DisableCount = Counts.Disabled,
            RepublishRequestCount = Counts.RepublishRequests,
            RepublishMessageRequestCount = Counts.RepublishRequests,
            RepublishMessageCount = Counts.Republished,
            TransferRequestCount = Counts.TransferRequests,
            TransferredToAltClientCount = Counts.TransferredToAlternateClient,
            TransferredToSameClientCount = Counts.TransferredToSameClient,
            PublishRequestCount = Counts.Published,
            DataChangeNotificationsCount = Counts.Values,
            EventNotificationsCount = Counts.Events,
            NotificationsCount = Counts.Values + Counts.Events,
            LatePublishRequestCount = Counts.Late,
            CurrentKeepAliveCount = Settings.MaxKeepAliveCount - _keepAliveCounter,
            CurrentLifetimeCount = Settings.LifetimeCount - _lifetimeCounter,
            UnacknowledgedMessageCount = (uint)_sent.Available().Length,
            DiscardedMessageCount = Counts.Discarded,
            MonitoredItemCount = (uint)_items.Count,
            DisabledMonitoredItemCount = (uint)_items.Values.Count(i => i.Mode == MonitoringMode.Disabled),
            MonitoringQueueOverflowCount = Counts.QueueOverflows,
            NextSequenceNumber = NextSequenceNumber,
            EventQueueOverflowCount = Counts.EventQueueOverflows,
        };

    private NotificationContents Collect()
    {
        var contents = new NotificationContents();
        var room = (int)Settings.MaxNotificationsPerPublish;
        while (room > 0 && HasNotifications)
        {
            var item = _line.Peek();
            room -= item.MoveTo(contents, room);
            if (item.WantsToReport) continue;
            _line.Dequeue();
            item.IsInLine = false;
            item.Reported();
        }

        return contents;
    }
}

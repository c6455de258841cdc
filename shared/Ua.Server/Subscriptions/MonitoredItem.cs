using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>
/// One item of a subscription (Part 4, 5.13.1): what it watches is known to its subtype, how it reports is here.
/// Everything mutable is guarded by the gate of its subscription.
/// </summary>
internal abstract class MonitoredItem(Subscription subscription, uint id, ReadValueId watched, MonitoringMode mode, uint clientHandle)
{
    private readonly HashSet<MonitoredItem> _triggers = [];
    private bool _triggered;

    public Subscription Subscription { get; } = subscription;

    public uint Id { get; } = id;

    public ReadValueId Watched { get; } = watched;

    public MonitoringMode Mode { get; private set; } = mode;

    public uint ClientHandle { get; protected set; } = clientHandle;

    /// <summary>In milliseconds.</summary>
    public double SamplingInterval { get; protected set; }

    public bool IsDeleted { get; private set; }

    /// <summary>True while the item waits in its subscription's line of items to report.</summary>
    public bool IsInLine { get; set; }

    /// <summary>True where the next notification message takes from this item.</summary>
    public bool WantsToReport => QueueCount > 0 && (Mode == MonitoringMode.Reporting || (_triggered && Mode == MonitoringMode.Sampling));

    public IReadOnlyCollection<MonitoredItem> Triggers => _triggers;

    protected abstract int QueueCount { get; }

    /// <summary>Begins to watch; called once, outside the gate, after the item was added.</summary>
    public abstract void Start();

    /// <summary>Moves up to a number of notifications out of the queue.</summary>
    public abstract int MoveTo(NotificationContents contents, int atMost);

    /// <summary>Sends the last value again (Part 5, 9.2); events have none.</summary>
    public virtual void Resend()
    {
    }

    /// <summary>Changes the mode; true where the item has to be started again, outside the gate.</summary>
    public bool SetMode(MonitoringMode mode)
    {
        var starts = Mode == MonitoringMode.Disabled && mode != MonitoringMode.Disabled;
        Mode = mode;
        if (mode == MonitoringMode.Disabled)
        {
            _triggered = false;
            Stop();
        }

        if (WantsToReport) Subscription.Line(this);
        return starts;
    }

    public void Delete()
    {
        IsDeleted = true;
        Stop();
    }

    public bool AddTrigger(MonitoredItem linked) => _triggers.Add(linked);

    public bool RemoveTrigger(MonitoredItem linked) => _triggers.Remove(linked);

    /// <summary>Everything queued was taken; a sampled item waits for its trigger again.</summary>
    public void Reported() => _triggered = false;

    /// <summary>Stops watching and empties the queue.</summary>
    protected abstract void Stop();

    /// <summary>Called after a notification was queued.</summary>
    protected void Queued()
    {
        if (WantsToReport) Subscription.Line(this);
        foreach (var linked in _triggers)
        {
            if (linked.IsDeleted) continue;
            linked._triggered = linked.QueueCount > 0;
            if (linked.WantsToReport) Subscription.Line(linked);
        }
    }
}

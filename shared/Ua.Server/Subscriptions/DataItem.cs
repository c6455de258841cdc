using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Subscriptions;

/// <summary>
/// An item that watches an attribute. A value that is kept in its node is sampled when it changes, no sooner than the
/// sampling interval after the last time; everything else is sampled on the timer.
/// </summary>
internal sealed class DataItem : MonitoredItem
{
    private readonly Sampler _sampler;
    private readonly ValueQueue _queue;
    private DataChangeRule _rule;
    private TimestampsToReturn _timestamps;
    private DataValue? _last;
    private Sampling? _sampling;

    public DataItem(Subscription subscription, uint id, ReadValueId watched, MonitoringMode mode, uint clientHandle, DataItemSettings settings, Sampler sampler)
        : base(subscription, id, watched, mode, clientHandle)
    {
        _sampler = sampler;
        _rule = settings.Rule;
        _timestamps = settings.Timestamps;
        _queue = new ValueQueue(settings.QueueSize, settings.DiscardOldest);
        SamplingInterval = settings.SamplingInterval;
    }

    protected override int QueueCount => _queue.Count;

    public override void Start()
    {
        Sampling? started = null;
        Subscription.Enter(() =>
        {
            if (IsDeleted || Mode == MonitoringMode.Disabled || _sampling is not null) return;
            started = _sampling = new Sampling(this, _sampler, SamplingInterval);
        });
        started?.Start();
    }

    public override int MoveTo(NotificationContents contents, int atMost)
    {
        var moved = 0;
        for (; moved < atMost && _queue.Count > 0; moved++)
            contents.Values.Add(new MonitoredItemNotification(ClientHandle, Timestamps.Keep(_queue.Take(), _timestamps)));
        return moved;
    }

    public override void Resend()
    {
        if (Mode != MonitoringMode.Reporting || _last is not { } last || _queue.Count > 0) return;
        _queue.Add(last);
        Queued();
    }

    /// <summary>Takes new parameters; true where sampling has to be started again, outside the gate.</summary>
    public bool Modify(uint clientHandle, DataItemSettings settings)
    {
        ClientHandle = clientHandle;
        _rule = settings.Rule;
        _timestamps = settings.Timestamps;
        _queue.Resize(settings.QueueSize, settings.DiscardOldest);
        if (SamplingInterval.Equals(settings.SamplingInterval)) return false;
        SamplingInterval = settings.SamplingInterval;
        StopSampling();
        return true;
    }

    /// <summary>Takes a sample; called by its sampling, outside the gate.</summary>
    public void Sampled(Sampling sampling, DataValue value) => Subscription.Enter(() =>
    {
        if (sampling != _sampling || !_rule.IsChange(_last, value)) return;
        _last = value;
        if (!_queue.Add(value)) Subscription.Counts.QueueOverflows++;
        Queued();
    });

    protected override void Stop()
    {
        StopSampling();
        _queue.Clear();
        _last = null;
    }

    private void StopSampling()
    {
        _sampling?.Stop();
        _sampling = null;
    }
}

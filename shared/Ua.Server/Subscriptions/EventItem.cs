using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Ua.Server.Subscriptions;

/// <summary>An item that watches an event notifier (Part 4, 5.13.1.2 with 7.22.3).</summary>
internal sealed class EventItem : MonitoredItem, IEventListener
{
    private readonly EventWatch _watch;
    private readonly LinkedList<Variant[]> _queue = new();
    private CompiledEventFilter _filter;
    private int _queueSize;
    private bool _discardOldest;
    private bool _overflowed;

    public EventItem(Subscription subscription, uint id, ReadValueId watched, MonitoringMode mode, uint clientHandle, EventItemSettings settings, EventWatch watch)
        : base(subscription, id, watched, mode, clientHandle)
    {
        _watch = watch;
        _filter = settings.Filter;
        _queueSize = settings.QueueSize;
        _discardOldest = settings.DiscardOldest;
    }

    public NodeId Notifier => Watched.NodeId;

    public ICallContext Caller => _watch.Caller();

    protected override int QueueCount => _queue.Count;

    public override void Start() => Subscription.Enter(() =>
    {
        if (!IsDeleted && Mode != MonitoringMode.Disabled) _watch.Router.Add(this);
    });

    public void Offer(UaEvent e)
    {
        var filter = Volatile.Read(ref _filter);
        if (filter.Matches(e)) Queue(filter.Select(e));
    }

    /// <summary>Takes an event that no filter keeps out: the marks of a refresh of conditions (Part 9, 5.11).</summary>
    public void OfferAlways(UaEvent e) => Queue(Volatile.Read(ref _filter).Select(e));

    private void Queue(Variant[] fields) =>
        Subscription.Enter(() =>
        {
            if (IsDeleted || Mode == MonitoringMode.Disabled) return;
            if (_queue.Count >= _queueSize)
            {
                _overflowed = true;
                Subscription.Counts.EventQueueOverflows++;
                if (!_discardOldest) return;
                _queue.RemoveFirst();
            }

            _queue.AddLast(fields);
            Queued();
        });

    /// <summary>Where events were lost, an overflow event stands in their place (Part 4, 7.22.3); it does not count as queued.</summary>
    public override int MoveTo(NotificationContents contents, int atMost)
    {
        var moved = 0;
        if (_overflowed && _discardOldest) AddOverflow(contents, ref moved);
        for (; moved < atMost && _queue.First is { } first; moved++)
        {
            contents.Events.Add(new EventFieldList(ClientHandle, first.Value));
            _queue.RemoveFirst();
        }

        if (_overflowed && _queue.Count == 0) AddOverflow(contents, ref moved);
        return moved;
    }

    public void Modify(uint clientHandle, EventItemSettings settings)
    {
        ClientHandle = clientHandle;
        Volatile.Write(ref _filter, settings.Filter);
        _queueSize = settings.QueueSize;
        _discardOldest = settings.DiscardOldest;
        while (_queue.Count > _queueSize)
        {
            _overflowed = true;
            if (_discardOldest) _queue.RemoveFirst();
            else _queue.RemoveLast();
        }
    }

    protected override void Stop()
    {
        _watch.Router.Remove(this);
        _queue.Clear();
        _overflowed = false;
    }

    private void AddOverflow(NotificationContents contents, ref int moved)
    {
        _overflowed = false;
        moved++;
        contents.Events.Add(new EventFieldList(ClientHandle, _filter.Select(_watch.Overflow())));
    }
}

/// <summary>The revised parameters of an event item.</summary>
internal sealed record EventItemSettings(CompiledEventFilter Filter, int QueueSize, bool DiscardOldest);

/// <summary>What an event item needs of its session and server.</summary>
internal sealed record EventWatch(EventRouter Router, Func<ICallContext> Caller, TimeProvider Time)
{
    private static readonly NodeId s_server = new(2253);

    public UaEvent Overflow() => new(
        EventTypeIds.EventQueueOverflowEvent, s_server, "Server", new LocalizedText("en", "Events were lost because the queue of the monitored item was full."), 500, Time.GetUtcNow().UtcDateTime);
}

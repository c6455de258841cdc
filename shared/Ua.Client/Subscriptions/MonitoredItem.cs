using System.Threading.Channels;
using Ua.Core;

namespace Ua.Client;

/// <summary>One item of a subscription; it survives reconnects.</summary>
public abstract class MonitoredItem
{
    private readonly ItemOptions _options;

    private protected MonitoredItem(uint clientHandle, ReadValueId item, ItemOptions options)
    {
        ClientHandle = clientHandle;
        Item = item;
        _options = options;
    }

    public ReadValueId Item { get; }

    /// <summary>The server's id; 0 where the item could not be made again after a reconnect.</summary>
    public uint ServerId { get; private set; }

    /// <summary>What the server said when the item was made last.</summary>
    public StatusCode Status { get; private set; }

    internal uint ClientHandle { get; }

    internal MonitoredItemCreateRequest Request() => new(
        Item,
        _options.Mode,
        new MonitoringParameters(ClientHandle, _options.SamplingInterval?.TotalMilliseconds ?? -1, Filter(), _options.QueueSize, _options.DiscardOldest));

    internal void Created(MonitoredItemCreateResult result)
    {
        Status = result.StatusCode;
        ServerId = result.StatusCode.IsBad ? 0 : result.MonitoredItemId;
    }

    internal virtual void Take(DataValue value)
    {
    }

    internal virtual void Take(Variant[] eventFields)
    {
    }

    internal abstract void Complete();

    private protected abstract ExtensionObject? Filter();

    private protected static Channel<T> Buffer<T>(ItemOptions options, Action dropped) => Channel.CreateBounded<T>(
        new BoundedChannelOptions(Math.Max(1, options.BufferSize)) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = false, SingleReader = false },
        _ => dropped());
}

/// <summary>An item whose values or events are read from <see cref="Reader"/>.</summary>
public abstract class MonitoredItem<T> : MonitoredItem
{
    private readonly Channel<T> _buffer;
    private long _dropped;

    private protected MonitoredItem(uint clientHandle, ReadValueId item, ItemOptions options)
        : base(clientHandle, item, options) => _buffer = Buffer<T>(options, () => Interlocked.Increment(ref _dropped));

    /// <summary>Ends when the item is removed or the session is closed.</summary>
    public ChannelReader<T> Reader => _buffer.Reader;

    /// <summary>How many were lost because nobody read them in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    internal override void Complete() => _buffer.Writer.TryComplete();

    private protected void Deliver(T value) => _buffer.Writer.TryWrite(value);
}

/// <summary>The changes of an attribute, mostly of a value.</summary>
public sealed class DataItem : MonitoredItem<DataValue>
{
    private readonly DataChangeFilter? _filter;

    internal DataItem(uint clientHandle, ReadValueId item, ItemOptions options)
        : base(clientHandle, item, options) => _filter = options.Filter;

    internal override void Take(DataValue value) => Deliver(value);

    private protected override ExtensionObject? Filter() => _filter is null ? null : ExtensionObject.Of(_filter);
}

/// <summary>The events of a notifier: for each the fields that the filter selects, in its order.</summary>
public sealed class EventItem : MonitoredItem<Variant[]>
{
    private readonly EventFilter _filter;

    internal EventItem(uint clientHandle, ReadValueId item, ItemOptions options, EventFilter filter)
        : base(clientHandle, item, options) => _filter = filter;

    internal override void Take(Variant[] eventFields) => Deliver(eventFields);

    private protected override ExtensionObject? Filter() => ExtensionObject.Of(_filter);
}

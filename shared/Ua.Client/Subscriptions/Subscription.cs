using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Client;

/// <summary>
/// A subscription that survives reconnects: where the server has kept it, in the old session or for a new one, missed
/// notifications are asked for again; where it has not, it is made again with all its items.
/// </summary>
public sealed partial class Subscription : IAsyncDisposable
{
    private const int ItemsPerRequest = 500;

    private readonly UaSession _session;
    private readonly SubscriptionSet _set;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SubscriptionOptions _options;
    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly ConcurrentDictionary<uint, MonitoredItem> _items = new();
    private NotificationSequence _sequence = new();
    private uint _lastHandle;
    private long _lastMessage;
    private long _lost;
    private bool _deleted;

    internal Subscription(UaSession session, SubscriptionSet set, SubscriptionOptions options, ILogger logger)
    {
        options.Validate();
        _session = session;
        _set = set;
        _options = options;
        _logger = logger;
        _time = session.Options.Time;
        PublishingInterval = options.PublishingInterval;
        KeepAliveCount = options.KeepAliveCount;
    }

    /// <summary>The server's id; another one after the subscription had to be made again.</summary>
    public uint Id { get; private set; }

    /// <summary>As the server revised it.</summary>
    public TimeSpan PublishingInterval { get; private set; }

    /// <summary>As the server revised it.</summary>
    public uint KeepAliveCount { get; private set; }

    /// <summary>How many notification messages were missed for good.</summary>
    public long NotificationsLost => Interlocked.Read(ref _lost);

    public IReadOnlyCollection<MonitoredItem> Items => [.. _items.Values];

    /// <summary>The longest that a healthy server is silent.</summary>
    internal TimeSpan LongestSilence => PublishingInterval * (KeepAliveCount + 1);

    /// <summary>No message has come for much longer than the server promised.</summary>
    internal bool IsOverdue => _time.GetElapsedTime(Interlocked.Read(ref _lastMessage)) > (LongestSilence * 1.5) + TimeSpan.FromSeconds(1);

    /// <summary>Watches the value of a variable.</summary>
    /// <exception cref="UaException">The server's status where it refuses.</exception>
    public Task<DataItem> MonitorAsync(NodeId variable, ItemOptions? options = null, CancellationToken cancellationToken = default) =>
        MonitorAsync(new ReadValueId(variable, (uint)AttributeId.Value), options, cancellationToken);

    /// <summary>Watches any attribute.</summary>
    public Task<DataItem> MonitorAsync(ReadValueId item, ItemOptions? options = null, CancellationToken cancellationToken = default) =>
        AddAsync(new DataItem(NextHandle(), item, options ?? new ItemOptions()), cancellationToken);

    /// <summary>Watches the events of a notifier, such as the Server object.</summary>
    public Task<EventItem> MonitorEventsAsync(NodeId notifier, EventFilter filter, ItemOptions? options = null, CancellationToken cancellationToken = default)
    {
        var item = new ReadValueId(notifier, (uint)AttributeId.EventNotifier);
        return AddAsync(new EventItem(NextHandle(), item, options ?? new ItemOptions { QueueSize = 1000, SamplingInterval = TimeSpan.Zero }, filter), cancellationToken);
    }

    /// <summary>Stops watching.</summary>
    public async Task RemoveAsync(MonitoredItem item, CancellationToken cancellationToken = default)
    {
        if (!_items.TryRemove(item.ClientHandle, out _)) return;
        item.Complete();
        var connection = await _session.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
        await ChangeAsync(
            async () =>
            {
                if (item.ServerId == 0) return;
                var request = new DeleteMonitoredItemsRequest(RequestHeader.Empty, Id, [item.ServerId]);
                await connection.SendAsync(request, _session.Options.RequestTimeout, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches the reports on or off; keep-alives go on.</summary>
    public async Task SetPublishingAsync(bool enabled, CancellationToken cancellationToken = default)
    {
        var response = await _session.SendAsync(new SetPublishingModeRequest(RequestHeader.Empty, enabled, [Id]), cancellationToken).ConfigureAwait(false);
        var status = Results.Expect(response.Results, 1, "SetPublishingMode")[0];
        if (status.IsBad) throw new UaException(status, $"The publishing mode of subscription {Id} cannot be set: {status}.");
    }

    /// <summary>Ends the subscription here and, as far as it can be reached, at the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_deleted) return;
        _deleted = true;
        _set.Remove(this);
        Complete();
        if (_session.Current is not { } connection) return;
        await ChangeAsync(() => DeleteAsync(connection), CancellationToken.None).ConfigureAwait(false);
    }

    internal void Complete()
    {
        foreach (var item in _items.Values) item.Complete();
    }

    private uint NextHandle() => Interlocked.Increment(ref _lastHandle);

    private async Task<TItem> AddAsync<TItem>(TItem item, CancellationToken cancellationToken)
        where TItem : MonitoredItem
    {
        var connection = await _session.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
        await ChangeAsync(
            async () =>
            {
                // Known before the server answers, since the first value may come with the answer.
                _items[item.ClientHandle] = item;
                try
                {
                    await CreateItemsAsync(connection, [item], cancellationToken).ConfigureAwait(false);
                    if (item.Status.IsBad) throw new UaException(item.Status, $"{item.Item.NodeId} cannot be monitored: {item.Status}.");
                }
                catch
                {
                    _items.TryRemove(item.ClientHandle, out _);
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return item;
    }

    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await change().ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }
}

using Ua.Core;

namespace Ua.Server.Tests.Kit;

/// <summary>A client's view of one subscription.</summary>
internal sealed class TestSubscription(TestServer server, TestSession session, CreateSubscriptionResponse created)
{
    private uint _lastClientHandle;

    public uint Id => created.SubscriptionId;

    public CreateSubscriptionResponse Created => created;

    public static async Task<TestSubscription> CreateAsync(
        TestServer server, TestSession session, double interval = 100, uint lifetime = 30, uint keepAlive = 5, uint mostNotifications = 0, bool enabled = true, byte priority = 0) =>
        new(server, session, await session.SendAsync<CreateSubscriptionResponse>(
            new CreateSubscriptionRequest(session.Header(), interval, lifetime, keepAlive, mostNotifications, enabled, priority)));

    public Task<MonitoredItemCreateResult> MonitorAsync(
        NodeId node, AttributeId attribute = AttributeId.Value, double sampling = 0, uint queueSize = 10, bool discardOldest = true,
        ExtensionObject? filter = null, MonitoringMode mode = MonitoringMode.Reporting, TimestampsToReturn timestamps = TimestampsToReturn.Both, string? indexRange = null) =>
        MonitorAsync(new MonitoredItemCreateRequest(
            new ReadValueId(node, (uint)attribute, indexRange), mode, new MonitoringParameters(++_lastClientHandle, sampling, filter, queueSize, discardOldest)), timestamps);

    public async Task<MonitoredItemCreateResult> MonitorAsync(MonitoredItemCreateRequest item, TimestampsToReturn timestamps = TimestampsToReturn.Both) =>
        (await session.SendAsync<CreateMonitoredItemsResponse>(new CreateMonitoredItemsRequest(session.Header(), Id, timestamps, [item]))).Results.ShouldHaveSingleItem();

    /// <summary>Sends a publish request and does not wait for its answer.</summary>
    public Task<IServiceResponse> Publish(uint timeoutHint = 0, params SubscriptionAcknowledgement[] acknowledgements) =>
        server.DispatchAsync(session.Channel, new PublishRequest(session.Header(timeoutHint), acknowledgements));

    /// <summary>Lets publishing intervals pass until an answer comes.</summary>
    public async Task<PublishResponse> NextAsync(params SubscriptionAcknowledgement[] acknowledgements)
    {
        var answer = Publish(0, acknowledgements);
        var queue = server.Sessions.Find(session.Token).Subscriptions;
        for (var i = 0; i < 200 && queue.QueuedRequests > 0; i++) Tick();
        return await ResultAsync(answer);
    }

    /// <summary>The values of the next message.</summary>
    public async Task<MonitoredItemNotification[]> ValuesAsync() => Values(await NextAsync());

    /// <summary>The events of the next message.</summary>
    public async Task<EventFieldList[]> EventsAsync()
    {
        var data = (await NextAsync()).NotificationMessage.NotificationData;
        return data.SelectMany(d => d.TryDecode<EventNotificationList>(out var list) ? list!.Events : []).ToArray();
    }

    public void Tick(int times = 1)
    {
        for (var i = 0; i < times; i++) server.Time.Advance(TimeSpan.FromMilliseconds(created.RevisedPublishingInterval));
    }

    public static MonitoredItemNotification[] Values(PublishResponse response) =>
        response.NotificationMessage.NotificationData.SelectMany(d => d.TryDecode<DataChangeNotification>(out var change) ? change!.MonitoredItems : []).ToArray();

    /// <summary>Waits for an answer that is due, on the pool's threads.</summary>
    public static async Task<PublishResponse> ResultAsync(Task<IServiceResponse> answer)
    {
        var response = await answer.WaitAsync(TimeSpan.FromSeconds(10));
        return response is ServiceFault fault ? throw fault.ToException() : response.ShouldBeOfType<PublishResponse>();
    }
}

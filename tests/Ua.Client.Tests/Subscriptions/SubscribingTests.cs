using TestKit;
using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Ua.Client.Tests.Subscriptions;

/// <summary>Values and events of a server of our own, and what is done about those that do not come.</summary>
public sealed class SubscribingTests : IAsyncLifetime
{
    private static readonly SubscriptionOptions s_quick = new() { PublishingInterval = TimeSpan.FromMilliseconds(50), KeepAliveCount = 4, LifetimeCount = 1000 };

    private OwnServer _server = null!;
    private CuttableRelay _relay = null!;
    private VariableNode _number = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await OwnServer.StartAsync(space =>
        {
            var ns = (ushort)space.Namespaces.IndexOf(OwnServer.Namespace);
            _number = space.AddVariable(ObjectIds.ObjectsFolder, new VariableNode(new NodeId("Number", ns), new QualifiedName("Number", ns)) { DataType = new NodeId(6) });
            Set(0);
        });
        _relay = new CuttableRelay(_server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Values_arrive_in_order_with_their_times()
    {
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        await NextAsync(item, 0);
        for (var i = 1; i <= 20; i++) Set(i);
        for (var i = 1; i <= 20; i++) (await NextAsync(item, i)).SourceTimestamp.ShouldNotBeNull();
        subscription.NotificationsLost.ShouldBe(0);
        item.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Events_arrive_with_the_fields_that_were_selected()
    {
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var events = await subscription.MonitorEventsAsync(ObjectIds.Server, EventFilters.Select(["Message", "Severity", "Nothing"]), cancellationToken: Ct);
        _server.Get<IEventSink>().Raise(new UaEvent(ObjectTypeIds.BaseEventType, ObjectIds.Server, "Server", new LocalizedText("pump on"), 300, TimeProvider.System.GetUtcNow().UtcDateTime));
        var fields = await events.Reader.ReadAsync(Ct);
        fields[0].Value.ShouldBe(new LocalizedText("pump on"));
        fields[1].Value.ShouldBe((ushort)300);
        fields[2].IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task A_node_that_does_not_exist_cannot_be_watched()
    {
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        (await Should.ThrowAsync<UaException>(subscription.MonitorAsync(new NodeId("Nothing", 1), cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
        subscription.Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_item_and_a_closed_session_end_their_readers()
    {
        var session = await _server.ConnectAsync();
        var subscription = await session.SubscribeAsync(s_quick, Ct);
        var removed = await subscription.MonitorAsync(_number.Id, cancellationToken: Ct);
        var kept = await subscription.MonitorAsync(_number.Id, cancellationToken: Ct);
        await subscription.RemoveAsync(removed, Ct);
        await foreach (var value in removed.Reader.ReadAllAsync(Ct)) value.Status.IsGood.ShouldBeTrue();
        await session.DisposeAsync();
        await foreach (var value in kept.Reader.ReadAllAsync(Ct)) value.Status.IsGood.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_connection_breaks()
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        await NextAsync(item, 0);
        var next = 1;
        for (var cut = 1; cut <= 5; cut++)
        {
            for (var i = 0; i < 5; i++) Set(next + i);
            _relay.Cut();
            for (var i = 5; i < 10; i++) Set(next + i);
            (await states.ConnectedAsync(cut)).IsSameSession.ShouldBeTrue();
            for (var i = 0; i < 10; i++) await NextAsync(item, next + i);
            next += 10;
        }

        subscription.NotificationsLost.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_did_not_arrive_is_asked_for_again()
    {
        var swallow = false;
        _server.Tamper = async (request, honest) =>
        {
            var answer = await honest();
            if (!swallow || answer is not PublishResponse { NotificationMessage.NotificationData.Length: > 0 }) return answer;
            swallow = false;
            return ServiceFault.Of(new UaException(StatusCodes.BadTimeout), request.Header.RequestHandle, DateTime.MinValue);
        };
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        await NextAsync(item, 0);
        swallow = true;
        Set(1);
        await NextAsync(item, 1);
        swallow.ShouldBeFalse();
        Set(2);
        await NextAsync(item, 2);
        subscription.NotificationsLost.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_the_server_no_longer_has_is_counted_as_lost()
    {
        var swallow = false;
        _server.Tamper = async (request, honest) =>
        {
            if (request is RepublishRequest) return ServiceFault.Of(new UaException(StatusCodes.BadMessageNotAvailable), request.Header.RequestHandle, DateTime.MinValue);
            var answer = await honest();
            if (!swallow || answer is not PublishResponse { NotificationMessage.NotificationData.Length: > 0 }) return answer;
            swallow = false;
            return ServiceFault.Of(new UaException(StatusCodes.BadTimeout), request.Header.RequestHandle, DateTime.MinValue);
        };
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        await NextAsync(item, 0);
        swallow = true;
        Set(1);
        await UntilAsync(() => subscription.NotificationsLost == 1);
        Set(2);
        await NextAsync(item, 2);
        subscription.NotificationsLost.ShouldBe(1);
    }

    [Fact]
    public async Task A_subscription_that_the_server_ends_is_made_again_with_its_items()
    {
        var end = false;
        _server.Tamper = async (request, honest) =>
        {
            var answer = await honest();
            if (!end || answer is not PublishResponse publish) return answer;
            end = false;
            return publish with
            {
                NotificationMessage = publish.NotificationMessage with { NotificationData = [ExtensionObject.Of(new StatusChangeNotification(StatusCodes.BadTimeout))] },
            };
        };
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        await NextAsync(item, 0);
        var id = subscription.Id;
        end = true;
        await NextAsync(item, 0);
        subscription.Id.ShouldNotBe(id);
        Set(1);
        await NextAsync(item, 1);
    }

    [Fact]
    public async Task A_subscription_that_falls_silent_is_made_again()
    {
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        await NextAsync(item, 0);
        await session.SendAsync(new DeleteSubscriptionsRequest(RequestHeader.Empty, [subscription.Id]), Ct);
        await NextAsync(item, 0);
        Set(1);
        await NextAsync(item, 1);
    }

    [Fact]
    public async Task A_server_that_takes_few_publish_requests_is_not_given_more()
    {
        var open = 0;
        var most = 0;
        _server.Tamper = async (request, honest) =>
        {
            if (request is not PublishRequest) return await honest();
            var now = Interlocked.Increment(ref open);
            try
            {
                if (now > 2) return ServiceFault.Of(new UaException(StatusCodes.BadTooManyPublishRequests), request.Header.RequestHandle, DateTime.MinValue);
                most = Math.Max(most, now);
                return await honest();
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        };
        await using var session = await _server.ConnectAsync();
        var items = new List<DataItem>();
        for (var i = 0; i < 4; i++) items.Add(await (await session.SubscribeAsync(s_quick, Ct)).MonitorAsync(_number.Id, Queued(), Ct));
        foreach (var item in items) await NextAsync(item, 0);
        for (var i = 1; i <= 10; i++)
        {
            Set(i);
            foreach (var item in items) await NextAsync(item, i);
        }

        most.ShouldBe(2);
    }

    [Theory]
    [InlineData(nameof(StatusCodes.BadServiceUnsupported))]
    [InlineData(nameof(StatusCodes.BadSubscriptionIdInvalid))]
    public async Task Subscriptions_that_the_server_does_not_hand_over_are_made_again_in_a_new_session(string refusal)
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        var events = await subscription.MonitorEventsAsync(ObjectIds.Server, EventFilters.Select(["Message"]), cancellationToken: Ct);
        await NextAsync(item, 0);
        NodeId? dropped = null;
        _server.Tamper = async (request, honest) =>
        {
            if (request is TransferSubscriptionsRequest transfer)
            {
                return refusal == nameof(StatusCodes.BadServiceUnsupported)
                    ? ServiceFault.Of(new UaException(StatusCodes.BadServiceUnsupported), request.Header.RequestHandle, DateTime.MinValue)
                    : (TransferSubscriptionsResponse)await honest() with { Results = [.. transfer.SubscriptionIds.Select(_ => new TransferResult(StatusCodes.BadSubscriptionIdInvalid, []))] };
            }

            if (request is not ActivateSessionRequest || (dropped ??= request.Header.AuthenticationToken) != request.Header.AuthenticationToken) return await honest();
            return ServiceFault.Of(new UaException(StatusCodes.BadSessionIdInvalid), request.Header.RequestHandle, DateTime.MinValue);
        };
        _relay.Cut();
        (await states.ConnectedAsync()).IsSameSession.ShouldBeFalse();
        await NextAsync(item, 0);
        Set(1);
        await NextAsync(item, 1);
        _server.Get<IEventSink>().Raise(new UaEvent(ObjectTypeIds.BaseEventType, ObjectIds.Server, "Server", new LocalizedText("again"), 1, TimeProvider.System.GetUtcNow().UtcDateTime));
        (await events.Reader.ReadAsync(Ct))[0].Value.ShouldBe(new LocalizedText("again"));
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_loses_the_oldest_and_knows_how_many()
    {
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var slow = await subscription.MonitorAsync(_number.Id, Queued() with { BufferSize = 3 }, Ct);
        var quick = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        for (var i = 1; i <= 10; i++) Set(i);
        for (var value = -1; value != 10;) value = (int)(await quick.Reader.ReadAsync(Ct)).Value.Value!;
        await UntilAsync(() => slow.Dropped + slow.Reader.Count == 11);
        slow.Reader.Count.ShouldBe(3);
        ((int)(await slow.Reader.ReadAsync(Ct)).Value.Value!).ShouldBe(8);
    }

    [Fact]
    public async Task Publishing_can_be_switched_off_and_on()
    {
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await subscription.MonitorAsync(_number.Id, Queued(), Ct);
        await NextAsync(item, 0);
        await subscription.SetPublishingAsync(false, Ct);
        Set(1);
        await Task.Delay(s_quick.PublishingInterval * 5, Ct);
        item.Reader.TryRead(out _).ShouldBeFalse();
        await subscription.SetPublishingAsync(true, Ct);
        await NextAsync(item, 1);
    }

    private static ItemOptions Queued() => new() { SamplingInterval = TimeSpan.Zero, QueueSize = 100 };

    private static async Task<DataValue> NextAsync(DataItem item, int expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        var value = await item.Reader.ReadAsync(limit.Token);
        value.Value.Value.ShouldBe(expected);
        return value;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        while (!condition()) await Task.Delay(10, limit.Token);
    }

    private void Set(int value) => _number.SetValue(value, TimeProvider.System.GetUtcNow().UtcDateTime);
}

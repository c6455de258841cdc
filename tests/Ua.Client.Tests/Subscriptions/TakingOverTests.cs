using TestKit;
using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Client.Tests.Subscriptions;

/// <summary>Subscriptions that go over into a new session, where the old one cannot be taken up any more (Part 4, 6.7).</summary>
public sealed class TakingOverTests : IAsyncLifetime
{
    private static readonly SubscriptionOptions s_quick = new() { PublishingInterval = TimeSpan.FromMilliseconds(50), KeepAliveCount = 4, LifetimeCount = 200 };

    private OwnServer _server = null!;
    private CuttableRelay _relay = null!;
    private VariableNode _number = null!;
    private NodeId? _dropped;
    private int _created;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await OwnServer.StartAsync(space => _number = space.AddVariable(
            new NodeId(85), new VariableNode(new NodeId("Number", 1), new QualifiedName("Number", 1)) { DataType = new NodeId((uint)BuiltInType.Int32) }));
        _relay = new CuttableRelay(_server.Port);
        Set(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task They_go_on_where_they_were_and_lose_nothing()
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await MonitorAsync(subscription);
        await ExpectAsync(item, 0);
        var id = subscription.Id;
        _server.Tamper = DropSession;
        for (var i = 1; i <= 5; i++) Set(i);
        _relay.Block();
        for (var i = 6; i <= 10; i++) Set(i);
        await states.WaitForAsync(c => c.State == SessionState.Reconnecting, 2);
        _relay.LetThrough();
        (await states.ConnectedAsync()).IsSameSession.ShouldBeFalse();
        for (var i = 1; i <= 10; i++) await ExpectAsync(item, i);
        Set(11);
        await ExpectAsync(item, 11);
        (subscription.Id, subscription.NotificationsLost, _created).ShouldBe((id, 0, 0));
    }

    [Fact]
    public async Task A_message_that_was_sent_into_the_lost_session_is_asked_for_again_at_once()
    {
        var armed = false;
        _server.Tamper = async (request, honest) =>
        {
            var answer = armed ? await DropSession(request, honest) : await honest();
            if (!armed || _dropped is not null || answer is not PublishResponse) return answer;
            _relay.Cut();
            return answer;
        };
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        await using var subscription = await session.SubscribeAsync(s_quick with { KeepAliveCount = 1000, LifetimeCount = 3000 }, Ct);
        var item = await MonitorAsync(subscription);
        await ExpectAsync(item, 0);
        (armed, _created) = (true, 0);
        Set(1);
        (await states.ConnectedAsync()).IsSameSession.ShouldBeFalse();
        await ExpectAsync(item, 1);
        (subscription.NotificationsLost, _created).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Nothing_is_taken_over_from_a_server_that_was_started_again()
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await MonitorAsync(subscription);
        await ExpectAsync(item, 0);
        var transfers = 0;
        _server.Tamper = async (request, honest) =>
        {
            if (request is TransferSubscriptionsRequest) transfers++;
            var answer = await DropSession(request, honest);
            return request is ReadRequest { NodesToRead: [var read] } && read.NodeId == VariableIds.ServerStatusStartTime && answer is ReadResponse response
                ? response with { Results = [new DataValue(DateTime.UnixEpoch)] }
                : answer;
        };
        _relay.Cut();
        (await states.ConnectedAsync()).IsSameSession.ShouldBeFalse();
        await ExpectAsync(item, 0);
        (transfers, _created).ShouldBe((0, 1));
    }

    [Fact]
    public async Task One_that_another_session_takes_is_made_again()
    {
        await using var session = await _server.ConnectAsync();
        await using var subscription = await session.SubscribeAsync(s_quick, Ct);
        var item = await MonitorAsync(subscription);
        await ExpectAsync(item, 0);
        var id = subscription.Id;
        await using var other = await _server.ConnectAsync();
        (await other.SendAsync(new TransferSubscriptionsRequest(RequestHeader.Empty, [id], false), Ct)).Results.ShouldHaveSingleItem().StatusCode.ShouldBe(StatusCodes.Good);
        await ExpectAsync(item, 0);
        subscription.Id.ShouldNotBe(id);
        Set(1);
        await ExpectAsync(item, 1);
    }

    private static Task<DataItem> MonitorAsync(Subscription subscription) =>
        subscription.MonitorAsync(new NodeId("Number", 1), new ItemOptions { SamplingInterval = TimeSpan.Zero, QueueSize = 100 }, Ct);

    private static async Task ExpectAsync(DataItem item, int expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        (await item.Reader.ReadAsync(limit.Token)).Value.Value.ShouldBe(expected);
    }

    /// <summary>Refuses to take up the first session that asks for it.</summary>
    private Task<IServiceResponse> DropSession(IServiceRequest request, HonestAnswer honest)
    {
        if (request is CreateSubscriptionRequest) _created++;
        return request is ActivateSessionRequest && (_dropped ??= request.Header.AuthenticationToken) == request.Header.AuthenticationToken
            ? Task.FromResult<IServiceResponse>(ServiceFault.Of(new UaException(StatusCodes.BadSessionIdInvalid), request.Header.RequestHandle, DateTime.MinValue))
            : honest();
    }

    private void Set(int value) => _number.SetValue(value, TimeProvider.System.GetUtcNow().UtcDateTime);
}

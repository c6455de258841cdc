using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Sessions;
using Ua.Server.Subscriptions;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Subscriptions;

/// <summary>Subscriptions that go from one session to another, and what becomes of those whose session ends (Part 4, 5.14.7 and 5.7.2.1).</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private static readonly TestUser s_guest = new TestUser.PasswordUser("guest", "gäst");

    private TestServer _server = null!;
    private Plant _plant = null!;
    private TestSession _old = null!;
    private TestSubscription _subscription = null!;

    private SubscriptionTable Table => _server.Get<SubscriptionTable>();

    public async ValueTask InitializeAsync() => await StartAsync(null);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task StartAsync(Action<UaServerOptions>? configure, TestUser? user = null)
    {
        if (_server is not null) await _server.DisposeAsync();
        _server = await TestServer.StartAsync(configure);
        _plant = new Plant(_server);
        _old = await _server.ConnectAsync(user);
        _subscription = await TestSubscription.CreateAsync(_server, _old);
    }

    private static async Task<TransferResult> TransferAsync(TestSession to, uint id, bool sendInitialValues = false) =>
        (await to.SendAsync<TransferSubscriptionsResponse>(new TransferSubscriptionsRequest(to.Header(), [id], sendInitialValues))).Results.ShouldHaveSingleItem();

    private TestSubscription In(TestSession session) => new(_server, session, _subscription.Created);

    private static StatusChangeNotification StatusChange(PublishResponse response)
    {
        response.NotificationMessage.NotificationData.ShouldHaveSingleItem().TryDecode<StatusChangeNotification>(out var change).ShouldBeTrue();
        return change!;
    }

    private async Task<TestSession> OfAnotherApplicationAsync(TestUser user, TestIdentity? trusted = null)
    {
        var other = trusted ?? new TestIdentity("another", "b", _server.Time);
        _server.Trust.Publish(TestServer.Trusting(_server.Client, other));
        var session = _server.Session(client: other);
        await session.CreateAsync();
        await session.ActivateAsync(user);
        return session;
    }

    [Fact]
    public async Task It_goes_on_in_the_new_session_with_its_items_and_numbers()
    {
        await _subscription.MonitorAsync(_plant.Level.Id);
        (await _subscription.NextAsync()).NotificationMessage.SequenceNumber.ShouldBe(1u);
        var next = await _server.ConnectAsync();
        var result = await TransferAsync(next, _subscription.Id);
        result.StatusCode.ShouldBe(StatusCodes.Good);
        result.AvailableSequenceNumbers.ShouldBe([1u]);
        _plant.Set(7);
        var response = await In(next).NextAsync();
        response.NotificationMessage.SequenceNumber.ShouldBe(2u);
        TestSubscription.Values(response).ShouldHaveSingleItem().Value.Value.ShouldBe(7.0);
        (await next.SendAsync<RepublishResponse>(new RepublishRequest(next.Header(), _subscription.Id, 1))).NotificationMessage.SequenceNumber.ShouldBe(1u);
        (await _old.FailAsync(new RepublishRequest(_old.Header(), _subscription.Id, 1))).ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
        (await next.SendAsync<DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest(next.Header(), [_subscription.Id]))).Results.ShouldBe([StatusCodes.Good]);
        (Table.SubscriptionCount, Table.ItemCount, Table.CreatedCount).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task The_old_session_learns_of_it_through_a_request_that_waits_and_the_others_end()
    {
        await _subscription.NextAsync();
        Task<IServiceResponse>[] waiting = [_subscription.Publish(), _subscription.Publish()];
        (await TransferAsync(await _server.ConnectAsync(), _subscription.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        var response = await TestSubscription.ResultAsync(waiting[0]);
        response.SubscriptionId.ShouldBe(_subscription.Id);
        StatusChange(response).Status.ShouldBe(StatusCodes.GoodSubscriptionTransferred);
        (await waiting[1]).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadNoSubscription);
    }

    [Fact]
    public async Task The_old_session_learns_of_it_with_its_next_request()
    {
        await TransferAsync(await _server.ConnectAsync(), _subscription.Id);
        StatusChange(await TestSubscription.ResultAsync(_subscription.Publish())).Status.ShouldBe(StatusCodes.GoodSubscriptionTransferred);
        (await _old.FailAsync(new PublishRequest(_old.Header(), []))).ShouldBe(StatusCodes.BadNoSubscription);
    }

    [Fact]
    public async Task A_request_that_waits_in_the_new_session_takes_what_is_due_at_once()
    {
        await _subscription.MonitorAsync(_plant.Level.Id);
        _subscription.Tick(2);
        var next = await _server.ConnectAsync();
        var own = await TestSubscription.CreateAsync(_server, next, keepAlive: 9);
        await own.NextAsync();
        var waiting = own.Publish();
        await TransferAsync(next, _subscription.Id);
        (await TestSubscription.ResultAsync(waiting)).SubscriptionId.ShouldBe(_subscription.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_values_come_again_where_the_client_wants_them(bool sendInitialValues)
    {
        await _subscription.MonitorAsync(_plant.Level.Id);
        await _subscription.MonitorAsync(_plant.Name.Id);
        await _subscription.MonitorAsync(_plant.Asked.Id, mode: MonitoringMode.Sampling);
        TestSubscription.Values(await _subscription.NextAsync()).Length.ShouldBe(2);
        _plant.Set(3);
        var next = await _server.ConnectAsync();
        await TransferAsync(next, _subscription.Id, sendInitialValues);
        var values = await In(next).ValuesAsync();
        values.Select(v => v.Value.Value.Value).ShouldBe(sendInitialValues ? [3.0, "name"] : [3.0], ignoreOrder: true);
    }

    [Fact]
    public async Task Another_user_is_refused()
    {
        await StartAsync(null, TestUser.Admin);
        foreach (var user in new[] { TestUser.Anonymous, s_guest })
            (await TransferAsync(await _server.ConnectAsync(user), _subscription.Id)).ShouldBeEquivalentTo(new TransferResult(StatusCodes.BadUserAccessDenied, []));
        (await TransferAsync(await _server.ConnectAsync(TestUser.Admin), _subscription.Id)).StatusCode.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task A_user_may_come_with_another_application_and_nobody_may_not()
    {
        (await TransferAsync(await OfAnotherApplicationAsync(TestUser.Anonymous), _subscription.Id)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        await StartAsync(null, s_guest);
        (await TransferAsync(await OfAnotherApplicationAsync(s_guest), _subscription.Id)).StatusCode.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task The_same_application_may_have_a_new_certificate()
    {
        var renewed = new TestIdentity("client", "b", _server.Time);
        (await TransferAsync(await OfAnotherApplicationAsync(TestUser.Anonymous, renewed), _subscription.Id)).StatusCode.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task Nobody_on_an_unsigned_channel_is_refused()
    {
        await StartAsync(o => o.Endpoints[0] = new UaEndpointOptions { Url = TestServer.Url, AllowNone = true });
        var open = await _server.ConnectAsync(channel: _server.Channel(MessageSecurityMode.None));
        var its = await TestSubscription.CreateAsync(_server, open);
        (await TransferAsync(open, _subscription.Id)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        (await TransferAsync(_old, its.Id)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task What_was_read_for_an_encrypted_channel_does_not_go_to_a_signed_one()
    {
        var signed = await _server.ConnectAsync(channel: _server.Channel(MessageSecurityMode.Sign));
        (await TransferAsync(signed, _subscription.Id)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        var its = await TestSubscription.CreateAsync(_server, signed);
        (await TransferAsync(_old, its.Id)).StatusCode.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task What_was_read_under_more_rights_does_not_go_to_a_session_with_fewer()
    {
        await StartAsync(null, TestUser.Admin);
        var next = await _server.ConnectAsync(TestUser.Admin);
        var session = _server.Sessions.Find(next.Token);
        var before = session.Binding;
        session.TryRebind(before, before with { Context = before.Context with { Roles = new HashSet<NodeId>() } }).ShouldBeTrue();
        (await TransferAsync(next, _subscription.Id)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task Items_are_read_for_the_user_of_the_new_session()
    {
        await StartAsync(null, TestUser.Admin);
        await _subscription.MonitorAsync(_plant.Asked.Id);
        await _subscription.NextAsync();
        var next = await _server.ConnectAsync(TestUser.Admin);
        await TransferAsync(next, _subscription.Id);
        await next.ActivateAsync(s_guest);
        _plant.Asked.RolePermissions = [new RolePermissionType(Ua.Server.Identity.WellKnownRoles.SecurityAdmin, PermissionType.Browse | PermissionType.Read)];
        (await In(next).ValuesAsync()).ShouldHaveSingleItem().Value.Status.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task What_cannot_be_transferred_says_why()
    {
        await StartAsync(o => o.Subscriptions = new SubscriptionLimits { MaxSubscriptionsPerSession = 1 });
        (await TransferAsync(_old, _subscription.Id)).StatusCode.ShouldBe(StatusCodes.BadNothingToDo);
        (await TransferAsync(_old, 4711)).StatusCode.ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
        var full = await _server.ConnectAsync();
        await TestSubscription.CreateAsync(_server, full);
        (await TransferAsync(full, _subscription.Id)).StatusCode.ShouldBe(StatusCodes.BadTooManySubscriptions);
        (await full.FailAsync(new TransferSubscriptionsRequest(full.Header(), [], true))).ShouldBe(StatusCodes.BadNothingToDo);
        (await _subscription.NextAsync()).SubscriptionId.ShouldBe(_subscription.Id);
    }

    [Fact]
    public async Task A_closed_session_leaves_its_subscriptions_behind_where_the_client_says_so()
    {
        await _subscription.MonitorAsync(_plant.Level.Id);
        await _subscription.NextAsync();
        var waiting = _subscription.Publish();
        await _old.SendAsync<CloseSessionResponse>(new CloseSessionRequest(_old.Header(), DeleteSubscriptions: false));
        (await waiting).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadSessionClosed);
        foreach (var level in new[] { 1, 2, 3 }) _plant.Set(level);
        var next = await _server.ConnectAsync();
        (await TransferAsync(next, _subscription.Id)).AvailableSequenceNumbers.ShouldBe([1u]);
        (await In(next).ValuesAsync()).Select(v => v.Value.Value).ShouldBe([1.0, 2.0, 3.0]);
    }

    [Fact]
    public async Task A_closed_session_takes_its_subscriptions_with_it_where_the_client_says_so()
    {
        await _old.SendAsync<CloseSessionResponse>(new CloseSessionRequest(_old.Header(), DeleteSubscriptions: true));
        Table.SubscriptionCount.ShouldBe(0);
        (await TransferAsync(await _server.ConnectAsync(), _subscription.Id)).StatusCode.ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
    }

    [Fact]
    public async Task What_is_left_behind_ends_with_its_own_lifetime()
    {
        await _old.SendAsync<CloseSessionResponse>(new CloseSessionRequest(_old.Header(), DeleteSubscriptions: false));
        _subscription.Tick((int)_subscription.Created.RevisedLifetimeCount - 1);
        Table.SubscriptionCount.ShouldBe(1);
        _subscription.Tick();
        (Table.SubscriptionCount, Table.ItemCount, Table.PublishingIntervals).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_session_that_timed_out_leaves_its_subscriptions_behind_and_one_that_the_server_ended_does_not()
    {
        var longer = await TestSubscription.CreateAsync(_server, _old, interval: 1_000, lifetime: 600);
        _server.Time.Advance(TimeSpan.FromSeconds(61));
        _server.Sessions.Sweep();
        _server.Sessions.Count.ShouldBe(0);
        var next = await _server.ConnectAsync();
        (await TransferAsync(next, longer.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        _server.Get<UaServerSessions>().Close(_ => true).ShouldBe(1);
        Table.Find(longer.Id).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_left_behind_first_makes_room_for_a_new_subscription()
    {
        await StartAsync(o => o.Subscriptions = new SubscriptionLimits { MaxSubscriptions = 3 });
        var second = await _server.ConnectAsync();
        var its = await TestSubscription.CreateAsync(_server, second);
        var third = await _server.ConnectAsync();
        var kept = await TestSubscription.CreateAsync(_server, third);
        await second.SendAsync<CloseSessionResponse>(new CloseSessionRequest(second.Header(), DeleteSubscriptions: false));
        await _old.SendAsync<CloseSessionResponse>(new CloseSessionRequest(_old.Header(), DeleteSubscriptions: false));
        await TestSubscription.CreateAsync(_server, third);
        (await TransferAsync(third, its.Id)).StatusCode.ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
        (await TransferAsync(third, _subscription.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await Should.ThrowAsync<UaException>(() => TestSubscription.CreateAsync(_server, third))).StatusCode.ShouldBe(StatusCodes.BadTooManySubscriptions);
        (await kept.NextAsync()).SubscriptionId.ShouldBeOneOf(kept.Id, _subscription.Id);
    }

    [Fact]
    public async Task It_is_audited_and_counted()
    {
        await StartAsync(null, TestUser.Admin);
        var next = await _server.ConnectAsync(TestUser.Admin);
        var watching = await TestSubscription.CreateAsync(_server, await _server.ConnectAsync(TestUser.Admin));
        SimpleAttributeOperand Field(string name, uint type) => new(new NodeId(type), [new QualifiedName(name)], 13);
        var filter = ExtensionObject.Of(new EventFilter([Field("SourceName", 2041), Field("StatusCodeId", 2058), Field("SessionId", 2069)], new ContentFilter([])));
        await watching.MonitorAsync(new NodeId(2253), AttributeId.EventNotifier, filter: filter);
        await TransferAsync(next, _subscription.Id);
        await TransferAsync(next, 4711);
        var events = (await watching.EventsAsync()).Where(e => e.EventFields[0] == "Session/TransferSubscriptions").ToList();
        events.Select(e => e.EventFields[1].Value).ShouldBe([StatusCodes.Good, StatusCodes.BadSubscriptionIdInvalid]);
        events.ShouldAllBe(e => e.EventFields[2] == next.Id);
        var diagnostics = Table.Describe().Single(d => d.SubscriptionId == _subscription.Id);
        (diagnostics.SessionId, diagnostics.TransferRequestCount, diagnostics.TransferredToSameClientCount).ShouldBe((next.Id, 1u, 1u));
    }

    [Fact]
    public async Task Transfers_in_both_directions_at_once_do_not_lock_each_other_out()
    {
        await _subscription.MonitorAsync(_plant.Level.Id, queueSize: 1000);
        var other = await _server.ConnectAsync();
        var its = await TestSubscription.CreateAsync(_server, other);
        await its.MonitorAsync(_plant.Level.Id, queueSize: 1000);
        using var start = new Barrier(3);
        Task Moving(TestSession to) => Task.Run(async () =>
        {
            start.SignalAndWait();
            for (var i = 0; i < 500; i++)
            {
                await TransferAsync(to, _subscription.Id, sendInitialValues: true);
                await TransferAsync(to, its.Id);
            }
        });
        var setting = Task.Run(() =>
        {
            start.SignalAndWait();
            for (var i = 1; i <= 500; i++) _plant.Set(i);
        });
        await Task.WhenAll(Moving(_old), Moving(other), setting).WaitAsync(TimeSpan.FromSeconds(30));
        await TransferAsync(_old, _subscription.Id);
        await TransferAsync(_old, its.Id);
        _server.Sessions.Find(_old.Token).Subscriptions.Describe().Select(d => d.SubscriptionId).ShouldBe([_subscription.Id, its.Id], ignoreOrder: true);
        _server.Sessions.Find(other.Token).Subscriptions.Describe().ShouldBeEmpty();
    }
}

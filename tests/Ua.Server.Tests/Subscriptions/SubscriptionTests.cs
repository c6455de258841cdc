using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Subscriptions;

/// <summary>The state machine of subscriptions and the queue of publish requests (Part 4, 5.14).</summary>
public sealed class SubscriptionTests
{
    private static async Task<(TestServer Server, TestSession Session, Plant Plant)> StartAsync(Action<UaServerOptions>? configure = null)
    {
        var server = await TestServer.StartAsync(configure);
        return (server, await server.ConnectAsync(), new Plant(server));
    }

    [Fact]
    public async Task The_first_message_comes_after_one_interval_even_without_news()
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        var answer = subscription.Publish();
        answer.IsCompleted.ShouldBeFalse();
        subscription.Tick();
        var response = await TestSubscription.ResultAsync(answer);
        response.SubscriptionId.ShouldBe(subscription.Id);
        response.NotificationMessage.NotificationData.ShouldBeEmpty();
        response.NotificationMessage.SequenceNumber.ShouldBe(1u);
        response.AvailableSequenceNumbers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keep_alives_come_after_as_many_intervals_as_agreed_and_use_up_no_number()
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session, keepAlive: 5);
        await subscription.NextAsync();
        for (var i = 0; i < 3; i++)
        {
            var answer = subscription.Publish();
            subscription.Tick(4);
            answer.IsCompleted.ShouldBeFalse();
            subscription.Tick();
            (await TestSubscription.ResultAsync(answer)).NotificationMessage.SequenceNumber.ShouldBe(1u);
        }
    }

    [Fact]
    public async Task A_change_is_reported_with_the_next_number_and_kept_until_it_is_acknowledged()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        await subscription.MonitorAsync(plant.Level.Id);
        var first = await subscription.NextAsync();
        TestSubscription.Values(first).ShouldHaveSingleItem().Value.Value.ShouldBe(0.0);
        first.AvailableSequenceNumbers.ShouldBe([1u]);
        plant.Set(1);
        var second = await subscription.NextAsync();
        second.NotificationMessage.SequenceNumber.ShouldBe(2u);
        second.AvailableSequenceNumbers.ShouldBe([1u, 2u]);
        plant.Set(2);
        var third = await subscription.NextAsync(new SubscriptionAcknowledgement(subscription.Id, 1), new(subscription.Id, 7), new(99, 1));
        third.Results.ShouldBe([StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown, StatusCodes.BadSubscriptionIdInvalid]);
        third.AvailableSequenceNumbers.ShouldBe([2u, 3u]);
    }

    [Fact]
    public async Task A_message_can_be_asked_for_again_until_it_is_acknowledged()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        await subscription.MonitorAsync(plant.Level.Id);
        var first = await subscription.NextAsync();
        var again = await session.SendAsync<RepublishResponse>(new RepublishRequest(session.Header(), subscription.Id, 1));
        again.NotificationMessage.NotificationData.ShouldBe(first.NotificationMessage.NotificationData);
        subscription.Publish(0, new SubscriptionAcknowledgement(subscription.Id, 1)).IsCompleted.ShouldBeFalse();
        (await session.FailAsync(new RepublishRequest(session.Header(), subscription.Id, 1))).ShouldBe(StatusCodes.BadMessageNotAvailable);
        (await session.FailAsync(new RepublishRequest(session.Header(), 4711, 1))).ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
    }

    [Fact]
    public async Task Messages_that_are_never_acknowledged_are_bounded()
    {
        var (server, session, plant) = await StartAsync(o => o.Subscriptions = new SubscriptionLimits { MaxRetransmissionMessages = 3 });
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        await subscription.MonitorAsync(plant.Level.Id);
        PublishResponse last = await subscription.NextAsync();
        for (var i = 1; i <= 5; i++)
        {
            plant.Set(i);
            last = await subscription.NextAsync();
        }

        last.AvailableSequenceNumbers.ShouldBe([4u, 5u, 6u]);
    }

    [Fact]
    public async Task A_message_without_a_request_waits_and_goes_out_with_the_next_one_at_once()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        await subscription.MonitorAsync(plant.Level.Id);
        subscription.Tick(3);
        var answer = subscription.Publish();
        TestSubscription.Values(await TestSubscription.ResultAsync(answer)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_does_not_fit_a_message_follows_at_once()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session, mostNotifications: 2);
        for (var i = 0; i < 5; i++) await subscription.MonitorAsync(plant.Level.Id);
        var answers = new[] { subscription.Publish(), subscription.Publish(), subscription.Publish() };
        subscription.Tick();
        var responses = new[] { await TestSubscription.ResultAsync(answers[0]), await TestSubscription.ResultAsync(answers[1]), await TestSubscription.ResultAsync(answers[2]) };
        responses.Select(r => TestSubscription.Values(r).Length).ShouldBe([2, 2, 1]);
        responses.Select(r => r.MoreNotifications).ShouldBe([true, true, false]);
        responses.Select(r => r.NotificationMessage.SequenceNumber).ShouldBe([1u, 2u, 3u]);
    }

    [Fact]
    public async Task The_subscription_with_the_higher_priority_is_served_first()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var low = await TestSubscription.CreateAsync(server, session, priority: 1);
        var high = await TestSubscription.CreateAsync(server, session, priority: 9);
        await low.MonitorAsync(plant.Level.Id);
        await high.MonitorAsync(plant.Level.Id);
        low.Tick();
        (await TestSubscription.ResultAsync(low.Publish())).SubscriptionId.ShouldBe(high.Id);
        (await TestSubscription.ResultAsync(low.Publish())).SubscriptionId.ShouldBe(low.Id);
    }

    [Fact]
    public async Task Equals_take_turns()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var a = await TestSubscription.CreateAsync(server, session, mostNotifications: 1);
        var b = await TestSubscription.CreateAsync(server, session, mostNotifications: 1);
        foreach (var subscription in new[] { a, a, b, b }) await subscription.MonitorAsync(plant.Level.Id);
        a.Tick();
        var served = new List<uint>();
        for (var i = 0; i < 4; i++) served.Add((await TestSubscription.ResultAsync(a.Publish())).SubscriptionId);
        served.Count(id => id == a.Id).ShouldBe(2);
        served[0].ShouldNotBe(served[1]);
        served[2].ShouldNotBe(served[3]);
    }

    [Fact]
    public async Task A_subscription_that_nobody_asks_for_ends_and_the_client_hears_of_it()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session, lifetime: 6, keepAlive: 2);
        await subscription.MonitorAsync(plant.Level.Id);
        subscription.Tick(6);
        var response = await TestSubscription.ResultAsync(subscription.Publish());
        response.SubscriptionId.ShouldBe(subscription.Id);
        response.NotificationMessage.NotificationData.ShouldHaveSingleItem().TryDecode<StatusChangeNotification>(out var change).ShouldBeTrue();
        change!.Status.ShouldBe(StatusCodes.BadTimeout);
        (await session.FailAsync(new PublishRequest(session.Header(), []))).ShouldBe(StatusCodes.BadNoSubscription);
    }

    [Fact]
    public async Task A_request_in_the_queue_keeps_the_subscription_alive()
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session, lifetime: 6, keepAlive: 2);
        for (var i = 0; i < 10; i++)
        {
            await subscription.NextAsync();
            subscription.Tick(4);
        }

        (await session.SendAsync<DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest(session.Header(), [subscription.Id]))).Results.ShouldBe([StatusCodes.Good]);
    }

    [Fact]
    public async Task A_disabled_subscription_sends_keep_alives_and_what_it_held_back_later()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session, enabled: false, keepAlive: 2);
        await subscription.MonitorAsync(plant.Level.Id);
        TestSubscription.Values(await subscription.NextAsync()).ShouldBeEmpty();
        TestSubscription.Values(await subscription.NextAsync()).ShouldBeEmpty();
        (await session.SendAsync<SetPublishingModeResponse>(new SetPublishingModeRequest(session.Header(), true, [subscription.Id, 99]))).Results
            .ShouldBe([StatusCodes.Good, StatusCodes.BadSubscriptionIdInvalid]);
        TestSubscription.Values(await subscription.NextAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_subscription_there_is_nothing_to_publish()
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        (await session.FailAsync(new PublishRequest(session.Header(), []))).ShouldBe(StatusCodes.BadNoSubscription);
        var subscription = await TestSubscription.CreateAsync(server, session);
        var waiting = subscription.Publish();
        await session.SendAsync<DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest(session.Header(), [subscription.Id]));
        (await waiting).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadNoSubscription);
    }

    [Fact]
    public async Task Too_many_publish_requests_push_the_oldest_out()
    {
        var (server, session, _) = await StartAsync(o => o.Subscriptions = new SubscriptionLimits { MaxPublishRequestsPerSession = 2 });
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        var requests = new[] { subscription.Publish(), subscription.Publish(), subscription.Publish() };
        (await requests[0]).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadTooManyPublishRequests);
        requests[1].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_publish_request_ends_with_its_timeout_hint()
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session, keepAlive: 9);
        await subscription.NextAsync();
        var waiting = subscription.Publish(timeoutHint: 250);
        subscription.Tick(2);
        waiting.IsCompleted.ShouldBeFalse();
        subscription.Tick();
        (await waiting).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadTimeout);
    }

    [Fact]
    public async Task A_publish_request_can_be_cancelled_and_its_message_is_not_lost()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        var header = session.Header();
        var waiting = server.DispatchAsync(session.Channel, new PublishRequest(header, []));
        (await session.SendAsync<CancelResponse>(new CancelRequest(session.Header(), header.RequestHandle))).CancelCount.ShouldBe(1u);
        (await waiting).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadRequestCancelledByClient);
        await subscription.MonitorAsync(plant.Level.Id);
        TestSubscription.Values(await subscription.NextAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_end_of_the_session_ends_its_subscriptions_and_requests()
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        var waiting = subscription.Publish();
        await session.SendAsync<CloseSessionResponse>(new CloseSessionRequest(session.Header(), DeleteSubscriptions: true));
        (await waiting).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadSessionClosed);
        server.Get<Ua.Server.Subscriptions.SubscriptionTable>().SubscriptionCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_change_of_the_interval_counts_from_then_on()
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session, keepAlive: 1);
        await subscription.NextAsync();
        var modified = await session.SendAsync<ModifySubscriptionResponse>(new ModifySubscriptionRequest(session.Header(), subscription.Id, 1_000, 30, 1, 0, 0));
        modified.RevisedPublishingInterval.ShouldBe(1_000);
        var answer = subscription.Publish();
        server.Time.Advance(TimeSpan.FromMilliseconds(999));
        answer.IsCompleted.ShouldBeFalse();
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        await TestSubscription.ResultAsync(answer);
    }

    [Theory]
    [InlineData(0, 0, 0, 50, 30, 10)]
    [InlineData(double.NaN, 1, 7, 50, 21, 7)]
    [InlineData(-5, 100, 20, 50, 100, 20)]
    [InlineData(1e9, 1, 1, 3_600_000, 3, 1)]
    [InlineData(1_000, uint.MaxValue, uint.MaxValue, 1_000, 3_600, 1_200)]
    public async Task What_a_client_asks_for_is_brought_within_the_limits(double interval, uint lifetime, uint keepAlive, double revisedInterval, uint revisedLifetime, uint revisedKeepAlive)
    {
        var (server, session, _) = await StartAsync();
        await using var s = server;
        var created = (await TestSubscription.CreateAsync(server, session, interval, lifetime, keepAlive)).Created;
        created.RevisedPublishingInterval.ShouldBe(revisedInterval);
        created.RevisedLifetimeCount.ShouldBe(revisedLifetime);
        created.RevisedMaxKeepAliveCount.ShouldBe(revisedKeepAlive);
    }

    [Fact]
    public async Task Subscriptions_are_limited_for_each_session_and_in_all()
    {
        var (server, session, _) = await StartAsync(o => o.Subscriptions = new SubscriptionLimits { MaxSubscriptionsPerSession = 2, MaxSubscriptions = 3 });
        await using var s = server;
        var first = await TestSubscription.CreateAsync(server, session);
        await TestSubscription.CreateAsync(server, session);
        await Should.ThrowAsync<UaException>(() => TestSubscription.CreateAsync(server, session));
        var other = await server.ConnectAsync();
        await TestSubscription.CreateAsync(server, other);
        (await Should.ThrowAsync<UaException>(() => TestSubscription.CreateAsync(server, other))).StatusCode.ShouldBe(StatusCodes.BadTooManySubscriptions);
        await session.SendAsync<DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest(session.Header(), [first.Id]));
        await TestSubscription.CreateAsync(server, other);
    }

    [Fact]
    public async Task A_subscription_of_another_session_is_out_of_reach()
    {
        var (server, session, plant) = await StartAsync();
        await using var s = server;
        var subscription = await TestSubscription.CreateAsync(server, session);
        var other = await server.ConnectAsync();
        (await other.SendAsync<DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest(other.Header(), [subscription.Id]))).Results.ShouldBe([StatusCodes.BadSubscriptionIdInvalid]);
        (await other.FailAsync(new CreateMonitoredItemsRequest(other.Header(), subscription.Id, TimestampsToReturn.Both, [new(new ReadValueId(plant.Level.Id, 13), MonitoringMode.Reporting, new(1, 0, null, 1, true))])))
            .ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
    }
}

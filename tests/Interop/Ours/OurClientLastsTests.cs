using Interop.Driving;
using TestKit;
using Ua.Client;
using Ua.Core;

namespace Interop.Ours;

/// <summary>Our client against a foreign server over time: tokens, subscriptions, broken connections.</summary>
public sealed class OurClientLastsTests(ForeignServer foreign) : IClassFixture<ForeignServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renews_the_token_while_requests_are_on_their_way()
    {
        await using var session = await UaSession.ConnectAsync(
            foreign.Options("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt, lifetime: TimeSpan.FromMilliseconds(2500)), Ct);
        var id = session.SessionId;
        var until = TimeProvider.System.GetTimestamp();
        var reads = 0;
        while (TimeProvider.System.GetElapsedTime(until) < TimeSpan.FromSeconds(7))
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => session.ReadValueAsync<DateTime>(VariableIds.ServerStatusCurrentTime, Ct)));
            reads += 10;
        }

        reads.ShouldBeGreaterThan(50);
        session.SessionId.ShouldBe(id);
        session.LastChange.State.ShouldBe(SessionState.Connected);
        session.LastChange.Reason.ShouldBeNull();
    }

    [Fact]
    public async Task Receives_values_and_events()
    {
        await using var session = await UaSession.ConnectAsync(foreign.Options("Basic256Sha256", MessageSecurityMode.SignAndEncrypt), Ct);
        var plant = await session.NamespaceIndexOfAsync(NodeServer.PlantUri, Ct);
        await using var subscription = await session.SubscribeAsync(new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(100) }, Ct);
        var counter = await subscription.MonitorAsync(new NodeId("Counter", plant), new ItemOptions { SamplingInterval = TimeSpan.FromMilliseconds(50), QueueSize = 10 }, Ct);
        var filter = EventFilters.Select(["Message", "Severity"], new NodeId("PlantEventType", plant));
        var events = await subscription.MonitorEventsAsync(ObjectIds.Server, filter, cancellationToken: Ct);

        var first = await counter.Reader.ReadAsync(Ct);
        var second = await counter.Reader.ReadAsync(Ct);
        Convert.ToInt64(second.Value.Value).ShouldBeGreaterThan(Convert.ToInt64(first.Value.Value));

        await foreign.Server.RaiseEventAsync("valve open", severity: 700, ct: Ct);
        var fields = await events.Reader.ReadAsync(Ct);
        fields[0].Value.ShouldBe(new LocalizedText("valve open"));
        fields[1].Value.ShouldBe((ushort)700);

        (await Should.ThrowAsync<UaException>(subscription.MonitorAsync(new NodeId("Nothing", plant), cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
        await subscription.RemoveAsync(counter, Ct);
        await foreach (var rest in counter.Reader.ReadAllAsync(Ct)) rest.Status.IsGood.ShouldBeTrue();
    }

    [Fact]
    public async Task Takes_up_the_same_session_and_loses_no_value_when_the_socket_breaks()
    {
        await using var relay = new CuttableRelay(foreign.Server.Description.Port);
        var states = new StateLog();
        await using var session = await UaSession.ConnectAsync(foreign.Options("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, port: relay.Port), Ct);
        session.StateChanged += states.Add;
        var plant = await session.NamespaceIndexOfAsync(NodeServer.PlantUri, Ct);
        var subscription = await session.SubscribeAsync(new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(100) }, Ct);
        // Every change is reported, none sampled: a busy machine would make that server sample too late and skip a value.
        var counter = await subscription.MonitorAsync(new NodeId("Counter", plant), new ItemOptions { SamplingInterval = TimeSpan.Zero, QueueSize = 100 }, Ct);
        var id = session.SessionId;

        var last = Convert.ToInt64((await counter.Reader.ReadAsync(Ct)).Value.Value);
        for (var cut = 0; cut < 3; cut++)
        {
            relay.Block();
            await states.WaitForAsync(c => c.State == SessionState.Reconnecting, 2 * (cut + 1), Ct);
            relay.LetThrough();
            await states.WaitForAsync(c => c.State == SessionState.Connected, cut + 1, Ct);
            session.LastChange.IsSameSession.ShouldBeTrue();
            session.SessionId.ShouldBe(id);

            // This server repeats the newest value to a session that was taken up again.
            for (var i = 0; i < 20; i++)
            {
                var next = Convert.ToInt64((await counter.Reader.ReadAsync(Ct)).Value.Value);
                next.ShouldBeInRange(last, last + 1);
                last = next;
            }
        }

        subscription.NotificationsLost.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_wait_for_the_connection_to_come_back()
    {
        await using var relay = new CuttableRelay(foreign.Server.Description.Port);
        var states = new StateLog();
        await using var session = await UaSession.ConnectAsync(foreign.Options("Basic256Sha256", MessageSecurityMode.Sign, port: relay.Port), Ct);
        session.StateChanged += states.Add;
        relay.Block();
        await states.WaitForAsync(c => c.State == SessionState.Reconnecting, 2, Ct);
        var read = session.ReadValueAsync<int>(VariableIds.ServerStatusState, Ct);
        read.IsCompleted.ShouldBeFalse();
        relay.LetThrough();
        (await read).ShouldBe(0);
    }
}

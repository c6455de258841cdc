using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Conditions;

/// <summary>ConditionRefresh and ConditionRefresh2 (Part 9, 5.5.7 and 5.5.8).</summary>
public sealed class ConditionRefreshTests
{
    private static readonly NodeId s_type = new(2782);
    private static readonly NodeId s_refresh = new(3875);
    private static readonly NodeId s_refresh2 = new(12912);
    private static readonly NodeId s_server = new(2253);

    [Fact]
    public async Task The_retained_conditions_come_again_between_two_marks_to_this_subscription_only()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        var late = await TestSubscription.CreateAsync(scene.Server, scene.Admin, keepAlive: 2);
        await late.MonitorAsync(s_server, AttributeId.EventNotifier, filter: AlarmScene.Filter(ofType: 2881), queueSize: 0);
        await late.MonitorAsync(AlarmScene.Group, AttributeId.EventNotifier, filter: AlarmScene.Filter(ofType: 19297), queueSize: 0);
        (await scene.Admin.CallAsync(s_type, s_refresh, late.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        var got = (await late.EventsAsync()).ToList();
        got.Where(e => e.ClientHandle == 1).Select(e => ((NodeId)e.EventFields[1].Value!).Numeric).ShouldBe([2787u, 13225u, 2788u]);
        got.Where(e => e.ClientHandle == 2).Select(e => ((NodeId)e.EventFields[1].Value!).Numeric).ShouldBe([2787u, 2788u]);
        got[1].EventFields[0].ShouldBe(active["EventId"]);
        got[1].EventFields[4].ShouldBe(active["Time"]);
        got[3].EventFields[0].ShouldBe(got[0].EventFields[0]);
        (await scene.EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_normal_and_acknowledged_does_not_come()
    {
        await using var scene = await AlarmScene.BeginAsync(s => s.Has("A", TimeSpan.FromDays(100)));
        (await scene.Admin.CallAsync(s_type, s_refresh, scene.Heard.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await scene.EventsAsync()).Select(e => ((NodeId)e["EventType"].Value!).Numeric).ShouldBe([2787u, 2788u]);
    }

    [Fact]
    public async Task One_item_can_be_refreshed()
    {
        var (scene, _) = await AlarmScene.ActiveAsync();
        await using var disposing = scene;
        var late = await TestSubscription.CreateAsync(scene.Server, scene.Admin, keepAlive: 2);
        await late.MonitorAsync(s_server, AttributeId.EventNotifier, filter: AlarmScene.Filter(), queueSize: 0);
        var second = await late.MonitorAsync(AlarmScene.Group, AttributeId.EventNotifier, filter: AlarmScene.Filter(), queueSize: 0);
        (await scene.Admin.CallAsync(s_type, s_refresh2, late.Id, second.MonitoredItemId)).StatusCode.ShouldBe(StatusCodes.Good);
        (await late.EventsAsync()).Select(e => e.ClientHandle).ShouldBe([2u, 2u, 2u]);
    }

    [Fact]
    public async Task What_cannot_be_refreshed_is_refused_with_its_reason()
    {
        await using var scene = await AlarmScene.BeginAsync();
        var data = await TestSubscription.CreateAsync(scene.Server, scene.Admin, keepAlive: 2);
        var value = await data.MonitorAsync(new NodeId(2258));
        var other = await scene.Server.ConnectAsync(TestUser.Admin);
        (await scene.Admin.CallAsync(s_type, s_refresh, 987_654u)).StatusCode.ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
        (await scene.Admin.CallAsync(s_type, s_refresh, Variant.Null)).StatusCode.ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
        (await other.CallAsync(s_type, s_refresh, data.Id)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        (await scene.Admin.CallAsync(s_type, s_refresh, data.Id)).StatusCode.ShouldBe(StatusCodes.BadNothingToDo);
        (await scene.Admin.CallAsync(s_type, s_refresh2, data.Id, value.MonitoredItemId)).StatusCode.ShouldBe(StatusCodes.BadMonitoredItemIdInvalid);
        (await scene.Admin.CallAsync(s_type, s_refresh2, 987_654u, value.MonitoredItemId)).StatusCode.ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
    }

    [Fact]
    public async Task A_subscription_is_refreshed_once_at_a_time()
    {
        await using var scene = await AlarmScene.BeginAsync();
        using var stuck = new StuckListener(scene.Server.Sessions.Find(scene.Admin.Token).Context);
        scene.Server.Get<EventRouter>().Add(stuck);
        scene.Has("A", TimeSpan.FromDays(1));
        var raising = Task.Run(() => scene.Alarms.JudgeAsync(CancellationToken.None), TestContext.Current.CancellationToken);
        await stuck.Reached.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var calls = Enumerable.Range(0, 2).Select(_ => Task.Run(() => scene.Admin.CallAsync(s_type, s_refresh, scene.Heard.Id))).ToList();
        var first = await Task.WhenAny(calls).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        (await first).StatusCode.ShouldBe(StatusCodes.BadRefreshInProgress);
        stuck.Release();
        await raising;
        (await Task.WhenAll(calls)).Select(c => c.StatusCode).ShouldContain(StatusCodes.Good);
    }

    /// <summary>Holds the first event of an alarm up, so that a refresh has to wait for it.</summary>
    private sealed class StuckListener(ICallContext caller) : IEventListener, IDisposable
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly ManualResetEventSlim _released = new();

        public Task Reached => _reached.Task;

        public NodeId Notifier => s_server;

        public ICallContext Caller => caller;

        public void Offer(UaEvent e)
        {
            _reached.TrySetResult();
            _released.Wait(TimeSpan.FromSeconds(60));
        }

        public void Release() => _released.Set();

        public void Dispose() => _released.Dispose();
    }
}

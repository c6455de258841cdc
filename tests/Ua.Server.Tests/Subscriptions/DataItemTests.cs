using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Subscriptions;

/// <summary>Items that watch values: sampling, queues, filters, modes, triggers (Part 4, 5.13).</summary>
public sealed class DataItemTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private TestSession _session = null!;
    private TestSubscription _subscription = null!;
    private Plant _plant = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _session = await _server.ConnectAsync();
        _plant = new Plant(_server);
        _subscription = await TestSubscription.CreateAsync(_server, _session);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static ExtensionObject Filter(DataChangeTrigger trigger, DeadbandType deadband = DeadbandType.None, double value = 0) =>
        ExtensionObject.Of(new DataChangeFilter(trigger, deadband, value));

    private async Task<double[]> NextLevelsAsync() => [.. (await _subscription.ValuesAsync()).Select(v => (double)v.Value.Value.Value!)];

    [Fact]
    public async Task The_first_value_comes_by_itself_then_only_changes()
    {
        await _subscription.MonitorAsync(_plant.Level.Id);
        (await NextLevelsAsync()).ShouldBe([0]);
        _plant.Set(0);
        (await _subscription.NextAsync()).NotificationMessage.NotificationData.ShouldBeEmpty();
        _plant.Set(3);
        (await NextLevelsAsync()).ShouldBe([3]);
    }

    [Fact]
    public async Task A_value_from_a_source_is_sampled()
    {
        var created = await _subscription.MonitorAsync(_plant.Asked.Id, sampling: 20);
        created.RevisedSamplingInterval.ShouldBe(50);
        (await _subscription.ValuesAsync()).ShouldHaveSingleItem().Value.Value.ShouldBe(0);
        _plant.AskedValue = 7;
        (await _subscription.ValuesAsync()).ShouldHaveSingleItem().Value.Value.ShouldBe(7);
    }

    [Fact]
    public async Task Changes_between_two_samples_are_not_seen_and_the_last_one_is()
    {
        await _subscription.MonitorAsync(_plant.Level.Id, sampling: 350);
        await _subscription.NextAsync();
        _plant.Set(1);
        _plant.Set(2);
        _plant.Set(3);
        (await NextLevelsAsync()).ShouldBe([3]);
    }

    [Fact]
    public async Task A_full_queue_drops_the_oldest_and_marks_the_next()
    {
        await _subscription.MonitorAsync(_plant.Level.Id, queueSize: 3);
        for (var i = 1; i <= 4; i++) _plant.Set(i);
        var values = await _subscription.ValuesAsync();
        values.Select(v => v.Value.Value.Value).ShouldBe([2.0, 3.0, 4.0]);
        values.Select(v => v.Value.Status.Code).ShouldBe([0x480u, 0u, 0u]);
    }

    [Fact]
    public async Task A_full_queue_may_keep_the_oldest_and_replace_the_newest()
    {
        await _subscription.MonitorAsync(_plant.Level.Id, queueSize: 3, discardOldest: false);
        for (var i = 1; i <= 4; i++) _plant.Set(i);
        var values = await _subscription.ValuesAsync();
        values.Select(v => v.Value.Value.Value).ShouldBe([0.0, 1.0, 4.0]);
        values.Select(v => v.Value.Status.Code).ShouldBe([0u, 0u, 0x480u]);
    }

    [Fact]
    public async Task A_queue_of_one_holds_the_newest_and_marks_nothing()
    {
        (await _subscription.MonitorAsync(_plant.Level.Id, queueSize: 0)).RevisedQueueSize.ShouldBe(1u);
        _plant.Set(1);
        _plant.Set(2);
        var value = (await _subscription.ValuesAsync()).ShouldHaveSingleItem();
        value.Value.Value.ShouldBe(2.0);
        value.Value.Status.Code.ShouldBe(0u);
    }

    [Fact]
    public async Task A_queue_that_is_made_smaller_keeps_what_its_rule_says()
    {
        var item = await _subscription.MonitorAsync(_plant.Level.Id, queueSize: 5);
        for (var i = 1; i <= 4; i++) _plant.Set(i);
        var modified = await _session.SendAsync<ModifyMonitoredItemsResponse>(new ModifyMonitoredItemsRequest(
            _session.Header(), _subscription.Id, TimestampsToReturn.Both, [new(item.MonitoredItemId, new MonitoringParameters(8, 0, null, 2, true)), new(99, new MonitoringParameters(8, 0, null, 2, true))]));
        modified.Results.Select(r => r.StatusCode).ShouldBe([StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid]);
        var values = await _subscription.ValuesAsync();
        values.Select(v => v.Value.Value.Value).ShouldBe([3.0, 4.0]);
        values.ShouldAllBe(v => v.ClientHandle == 8);
    }

    [Fact]
    public async Task An_absolute_deadband_hides_small_changes()
    {
        await _subscription.MonitorAsync(_plant.Level.Id, filter: Filter(DataChangeTrigger.StatusValue, DeadbandType.Absolute, 1.5));
        (await NextLevelsAsync()).ShouldBe([0]);
        _plant.Set(1.5);
        _plant.Set(-1.4);
        _plant.Set(1.6);
        _plant.Set(0.2);
        (await NextLevelsAsync()).ShouldBe([1.6]);
    }

    [Fact]
    public async Task The_trigger_says_what_counts_as_a_change()
    {
        await _subscription.MonitorAsync(_plant.Level.Id, filter: Filter(DataChangeTrigger.Status));
        await _subscription.MonitorAsync(_plant.Level.Id, filter: Filter(DataChangeTrigger.StatusValueTimestamp));
        await _subscription.NextAsync();
        _plant.Set(1);
        (await _subscription.ValuesAsync()).ShouldHaveSingleItem().ClientHandle.ShouldBe(2u);
        _plant.Level.SetValue(new DataValue(1.0, StatusCodes.UncertainLastUsableValue, _plant.Now));
        (await _subscription.ValuesAsync()).Select(v => v.ClientHandle).ShouldBe([1u, 2u], ignoreOrder: true);
        _plant.Level.SetValue(new DataValue(1.0, StatusCodes.UncertainLastUsableValue, _plant.Now.AddMilliseconds(1)));
        (await _subscription.ValuesAsync()).ShouldHaveSingleItem().ClientHandle.ShouldBe(2u);
    }

    public static TheoryData<string, string> WrongItems => new()
    {
        { "unknown node", "BadNodeIdUnknown" },
        { "wrong attribute", "BadAttributeIdInvalid" },
        { "wrong range", "BadIndexRangeInvalid" },
        { "wrong mode", "BadMonitoringModeInvalid" },
        { "deadband of a text", "BadFilterNotAllowed" },
        { "negative deadband", "BadDeadbandFilterInvalid" },
        { "deadband that is no number", "BadDeadbandFilterInvalid" },
        { "percent without a range", "BadMonitoredItemFilterUnsupported" },
        { "percent above hundred", "BadDeadbandFilterInvalid" },
        { "unknown deadband", "BadDeadbandFilterInvalid" },
        { "unknown trigger", "BadMonitoredItemFilterInvalid" },
        { "filter on another attribute", "BadFilterNotAllowed" },
        { "event filter", "BadFilterNotAllowed" },
        { "unknown filter", "BadMonitoredItemFilterUnsupported" },
    };

    [Theory]
    [MemberData(nameof(WrongItems))]
    public async Task A_wrong_item_is_refused(string what, string expected)
    {
        var level = _plant.Level.Id;
        var result = await (what switch
        {
            "unknown node" => _subscription.MonitorAsync(new NodeId(999_999)),
            "wrong attribute" => _subscription.MonitorAsync(level, AttributeId.Executable),
            "wrong range" => _subscription.MonitorAsync(level, indexRange: "2:1"),
            "wrong mode" => _subscription.MonitorAsync(level, mode: (MonitoringMode)5),
            "deadband of a text" => _subscription.MonitorAsync(_plant.Name.Id, filter: Filter(DataChangeTrigger.StatusValue, DeadbandType.Absolute, 1)),
            "negative deadband" => _subscription.MonitorAsync(level, filter: Filter(DataChangeTrigger.StatusValue, DeadbandType.Absolute, -1)),
            "deadband that is no number" => _subscription.MonitorAsync(level, filter: Filter(DataChangeTrigger.StatusValue, DeadbandType.Absolute, double.NaN)),
            "percent without a range" => _subscription.MonitorAsync(level, filter: Filter(DataChangeTrigger.StatusValue, DeadbandType.Percent, 1)),
            "percent above hundred" => _subscription.MonitorAsync(level, filter: Filter(DataChangeTrigger.StatusValue, DeadbandType.Percent, 101)),
            "unknown deadband" => _subscription.MonitorAsync(level, filter: Filter(DataChangeTrigger.StatusValue, (DeadbandType)7, 1)),
            "unknown trigger" => _subscription.MonitorAsync(level, filter: Filter((DataChangeTrigger)9)),
            "filter on another attribute" => _subscription.MonitorAsync(level, AttributeId.DisplayName, filter: Filter(DataChangeTrigger.Status)),
            "event filter" => _subscription.MonitorAsync(level, filter: ExtensionObject.Of(new EventFilter([], new ContentFilter([])))),
            _ => _subscription.MonitorAsync(level, filter: new ExtensionObject(new NodeId(4711), ExtensionObjectEncoding.Binary, [])),
        });
        result.StatusCode.ToString().ShouldBe(expected);
        _server.Get<Ua.Server.Subscriptions.SubscriptionTable>().ItemCount.ShouldBe(0);
    }

    [Fact]
    public async Task Only_the_times_that_were_asked_for_are_reported()
    {
        await _subscription.MonitorAsync(_plant.Level.Id, timestamps: TimestampsToReturn.Source);
        await _subscription.MonitorAsync(_plant.Level.Id, timestamps: TimestampsToReturn.Neither);
        var values = await _subscription.ValuesAsync();
        (values[0].Value.SourceTimestamp is null, values[0].Value.ServerTimestamp is null).ShouldBe((false, true));
        (values[1].Value.SourceTimestamp is null, values[1].Value.ServerTimestamp is null).ShouldBe((true, true));
    }

    [Fact]
    public async Task A_disabled_item_is_silent_and_begins_anew()
    {
        var item = await _subscription.MonitorAsync(_plant.Level.Id);
        await SetModeAsync(MonitoringMode.Disabled, item.MonitoredItemId);
        _plant.Set(5);
        (await _subscription.NextAsync()).NotificationMessage.NotificationData.ShouldBeEmpty();
        await SetModeAsync(MonitoringMode.Reporting, item.MonitoredItemId);
        (await NextLevelsAsync()).ShouldBe([5]);
    }

    [Fact]
    public async Task A_sampling_item_reports_when_its_trigger_does()
    {
        var trigger = await _subscription.MonitorAsync(_plant.Asked.Id, sampling: 50);
        var linked = await _subscription.MonitorAsync(_plant.Level.Id, mode: MonitoringMode.Sampling);
        var links = await _session.SendAsync<SetTriggeringResponse>(
            new SetTriggeringRequest(_session.Header(), _subscription.Id, trigger.MonitoredItemId, [linked.MonitoredItemId, trigger.MonitoredItemId, 99], []));
        links.AddResults.ShouldBe([StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid, StatusCodes.BadMonitoredItemIdInvalid]);
        (await _subscription.ValuesAsync()).ShouldHaveSingleItem().ClientHandle.ShouldBe(1u);
        _plant.Set(1);
        _plant.Set(2);
        _subscription.Tick(3);
        _plant.AskedValue = 1;
        var values = await _subscription.ValuesAsync();
        values.Select(v => v.ClientHandle).ShouldBe([1u, 2u, 2u, 2u], ignoreOrder: true);
        _plant.Set(3);
        (await _subscription.NextAsync()).NotificationMessage.NotificationData.ShouldBeEmpty();
        var removed = await _session.SendAsync<SetTriggeringResponse>(
            new SetTriggeringRequest(_session.Header(), _subscription.Id, trigger.MonitoredItemId, [], [linked.MonitoredItemId, linked.MonitoredItemId]));
        removed.RemoveResults.ShouldBe([StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid]);
    }

    [Fact]
    public async Task A_deleted_item_says_nothing_more()
    {
        var item = await _subscription.MonitorAsync(_plant.Level.Id);
        var deleted = await _session.SendAsync<DeleteMonitoredItemsResponse>(new DeleteMonitoredItemsRequest(_session.Header(), _subscription.Id, [item.MonitoredItemId, item.MonitoredItemId]));
        deleted.Results.ShouldBe([StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid]);
        _plant.Set(9);
        (await _subscription.NextAsync()).NotificationMessage.NotificationData.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_that_goes_away_is_reported_as_unknown()
    {
        await _subscription.MonitorAsync(_plant.Level.Id);
        await _subscription.NextAsync();
        _server.Space.Remove(_plant.Level.Id);
        (await _subscription.ValuesAsync()).ShouldHaveSingleItem().Value.Status.ShouldBe(StatusCodes.BadNodeIdUnknown);
    }

    [Fact]
    public async Task Values_stop_when_the_user_loses_the_right_to_read_them()
    {
        _plant.Level.RolePermissions = [new RolePermissionType(Ua.Server.Identity.WellKnownRoles.SecurityAdmin, PermissionType.Read | PermissionType.Browse)];
        (await _subscription.MonitorAsync(_plant.Level.Id)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        await _session.ActivateAsync(TestUser.Admin);
        (await _subscription.MonitorAsync(_plant.Level.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await NextLevelsAsync()).ShouldBe([0]);
        await _session.ActivateAsync(TestUser.Anonymous);
        _plant.Set(1);
        (await _subscription.ValuesAsync()).ShouldHaveSingleItem().Value.Status.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task The_methods_of_the_server_object_list_items_and_send_values_again()
    {
        var item = await _subscription.MonitorAsync(_plant.Level.Id);
        await _subscription.NextAsync();
        var listed = await _session.CallAsync(new NodeId(2253), new NodeId(11492), _subscription.Id);
        listed.OutputArguments.Select(o => o.Value).ShouldBe([new[] { item.MonitoredItemId }, new[] { 1u }]);
        (await _session.CallAsync(new NodeId(2253), new NodeId(12873), _subscription.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await NextLevelsAsync()).ShouldBe([0]);
        (await _session.CallAsync(new NodeId(2253), new NodeId(11492), 4711u)).StatusCode.ShouldBe(StatusCodes.BadSubscriptionIdInvalid);
    }

    [Fact]
    public async Task Items_are_limited()
    {
        await using var server = await TestServer.StartAsync(o => o.Subscriptions = new SubscriptionLimits { MaxMonitoredItemsPerSubscription = 2, MaxMonitoredItems = 3 });
        var session = await server.ConnectAsync();
        var plant = new Plant(server);
        var a = await TestSubscription.CreateAsync(server, session);
        var b = await TestSubscription.CreateAsync(server, session);
        (await a.MonitorAsync(plant.Level.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await a.MonitorAsync(plant.Level.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await a.MonitorAsync(plant.Level.Id)).StatusCode.ShouldBe(StatusCodes.BadTooManyMonitoredItems);
        (await b.MonitorAsync(plant.Level.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await b.MonitorAsync(plant.Level.Id)).StatusCode.ShouldBe(StatusCodes.BadTooManyMonitoredItems);
    }

    private Task<SetMonitoringModeResponse> SetModeAsync(MonitoringMode mode, uint item) =>
        _session.SendAsync<SetMonitoringModeResponse>(new SetMonitoringModeRequest(_session.Header(), _subscription.Id, mode, [item]));
}

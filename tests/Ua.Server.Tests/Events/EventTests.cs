using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Events;

/// <summary>Events from where they are raised to the client that subscribed.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private static readonly NodeId s_serverObject = new(2253);

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

    private static SimpleAttributeOperand Field(string name, uint type = 2041) => new(new NodeId(type), [new QualifiedName(name)], (uint)AttributeId.Value);

    private static ExtensionObject Filter(params SimpleAttributeOperand[] fields) => ExtensionObject.Of(new EventFilter(fields, new ContentFilter([])));

    private Task<MonitoredItemCreateResult> MonitorAsync(NodeId notifier, ExtensionObject filter, uint queueSize = 0, bool discardOldest = true) =>
        _subscription.MonitorAsync(notifier, AttributeId.EventNotifier, filter: filter, queueSize: queueSize, discardOldest: discardOldest);

    private void Raise(string message, ushort severity = 100, NodeId? source = null) =>
        _server.Get<IEventSink>().Raise(new UaEvent(EventTypeIds.BaseEvent, source ?? s_serverObject, "source", new LocalizedText(message), severity, _plant.Now));

    private async Task<string?[]> NextMessagesAsync() => [.. (await _subscription.EventsAsync()).Select(e => ((LocalizedText)e.EventFields[0].Value!).Text)];

    [Fact]
    public async Task The_fields_come_in_the_order_of_the_select_clauses()
    {
        await MonitorAsync(s_serverObject, Filter(Field("Message"), Field("Severity"), Field("EventId"), Field("EventType"), Field("SourceNode"), Field("SourceName"), Field("Time"), Field("ReceiveTime")));
        var now = _plant.Now;
        Raise("hello", 321);
        var fields = (await _subscription.EventsAsync()).ShouldHaveSingleItem().EventFields;
        fields[0].ShouldBe(new LocalizedText("hello"));
        fields[1].ShouldBe((ushort)321);
        ((byte[])fields[2].Value!).Length.ShouldBe(16);
        fields[3].ShouldBe(EventTypeIds.BaseEvent);
        fields[4].ShouldBe(s_serverObject);
        fields[5].ShouldBe("source");
        fields[6].ShouldBe(now);
        fields[7].ShouldBe(now);
    }

    [Fact]
    public async Task A_field_of_another_type_is_null_and_one_that_no_type_has_is_named_in_the_result()
    {
        var created = await MonitorAsync(s_serverObject, Filter(Field("Message"), Field("Status", 2052), Field("Nonsense"), Field("Message", 85)));
        created.StatusCode.ShouldBe(StatusCodes.Good);
        created.FilterResult!.TryDecode<EventFilterResult>(out var result).ShouldBeTrue();
        result!.SelectClauseResults.ShouldBe([StatusCodes.Good, StatusCodes.Good, StatusCodes.BadNodeIdUnknown, StatusCodes.BadTypeDefinitionInvalid]);
        Raise("x");
        (await _subscription.EventsAsync()).ShouldHaveSingleItem().EventFields.Select(f => f.IsNull).ShouldBe([false, true, true, true]);
    }

    [Fact]
    public async Task An_object_gets_its_own_events_and_those_below_it_the_server_gets_all()
    {
        var space = _server.Space;
        var child = space.AddObject(Plant.Folder, new NodeId("Child", 1), new QualifiedName("Child", 1), new NodeId(58));
        space.AddReference(Plant.Folder, ReferenceTypeIds.HasNotifier, child.Id);
        await MonitorAsync(Plant.Folder, Filter(Field("Message")));
        await MonitorAsync(s_serverObject, Filter(Field("Message")));
        Raise("of plant", source: Plant.Folder);
        Raise("of child", source: child.Id);
        Raise("of another", source: new NodeId(85));
        var events = await _subscription.EventsAsync();
        events.Count(e => e.ClientHandle == 1).ShouldBe(2);
        events.Count(e => e.ClientHandle == 2).ShouldBe(3);
    }

    public static TheoryData<string, string> WrongItems => new()
    {
        { "no filter", "BadEventFilterInvalid" },
        { "no clause", "BadEventFilterInvalid" },
        { "only wrong clauses", "BadEventFilterInvalid" },
        { "too many clauses", "BadEventFilterInvalid" },
        { "data filter", "BadEventFilterInvalid" },
        { "not a notifier", "BadNotSupported" },
        { "a variable", "BadAttributeIdInvalid" },
        { "unknown node", "BadNodeIdUnknown" },
    };

    [Theory]
    [MemberData(nameof(WrongItems))]
    public async Task A_wrong_event_item_is_refused(string what, string expected)
    {
        var good = Filter(Field("Message"));
        var result = await (what switch
        {
            "no filter" => _subscription.MonitorAsync(s_serverObject, AttributeId.EventNotifier),
            "no clause" => MonitorAsync(s_serverObject, Filter()),
            "only wrong clauses" => MonitorAsync(s_serverObject, Filter(Field("Nonsense"))),
            "too many clauses" => MonitorAsync(s_serverObject, Filter([.. Enumerable.Repeat(Field("Message"), 201)])),
            "data filter" => MonitorAsync(s_serverObject, ExtensionObject.Of(new DataChangeFilter(DataChangeTrigger.Status, DeadbandType.None, 0))),
            "not a notifier" => MonitorAsync(new NodeId(2268), good),
            "a variable" => MonitorAsync(_plant.Level.Id, good),
            _ => MonitorAsync(new NodeId(987_654), good),
        });
        result.StatusCode.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_queue_that_overflowed_says_so_in_place_of_what_was_lost()
    {
        await MonitorAsync(s_serverObject, Filter(Field("Message"), Field("EventType")), queueSize: 2);
        for (var i = 1; i <= 3; i++) Raise($"{i}");
        var events = await _subscription.EventsAsync();
        events[0].EventFields[1].ShouldBe(EventTypeIds.EventQueueOverflowEvent);
        events.Skip(1).Select(e => e.EventFields[0].ToString()).ShouldBe(["2", "3"]);
        Raise("4");
        (await NextMessagesAsync()).ShouldBe(["4"]);
    }

    [Fact]
    public async Task A_queue_may_keep_the_oldest_events()
    {
        await MonitorAsync(s_serverObject, Filter(Field("Message"), Field("EventType")), queueSize: 2, discardOldest: false);
        for (var i = 1; i <= 3; i++) Raise($"{i}");
        var events = await _subscription.EventsAsync();
        events.Take(2).Select(e => e.EventFields[0].ToString()).ShouldBe(["1", "2"]);
        events[2].EventFields[1].ShouldBe(EventTypeIds.EventQueueOverflowEvent);
    }

    [Fact]
    public async Task Audit_events_are_for_security_admins_on_encrypted_channels()
    {
        var filter = Filter(Field("SourceName"), Field("Status", 2052), Field("ClientUserId", 2052), Field("SessionId", 2069), Field("StatusCodeId", 2058));
        var admin = await server(MessageSecurityMode.SignAndEncrypt, TestUser.Admin);
        var signed = await server(MessageSecurityMode.Sign, TestUser.Admin);
        var nobody = await server(MessageSecurityMode.SignAndEncrypt, TestUser.Anonymous);
        var other = _server.Session();
        await other.CreateAsync();
        await other.FailAsync(other.ActivateRequest(new TestUser.PasswordUser("admin", "wrong")));
        await other.ActivateAsync(new TestUser.PasswordUser("guest", "gäst"));
        await other.SendAsync<CloseSessionResponse>(new CloseSessionRequest(other.Header(), true));

        var seen = (await admin.EventsAsync()).Where(e => e.EventFields[3] == other.Id).ToList();
        seen.Select(e => e.EventFields[0].ToString()).ShouldBe(["Session/CreateSession", "Session/ActivateSession", "Session/ActivateSession", "Session/CloseSession"]);
        seen.Select(e => e.EventFields[1].Value).ShouldBe([true, false, true, true]);
        seen[1].EventFields[4].ShouldBe(StatusCodes.BadUserAccessDenied);
        seen[2].EventFields[2].ShouldBe("guest");
        (await signed.EventsAsync()).ShouldBeEmpty();
        (await nobody.EventsAsync()).ShouldBeEmpty();

        async Task<TestSubscription> server(MessageSecurityMode mode, TestUser user)
        {
            var session = await _server.ConnectAsync(user, _server.Channel(mode));
            var subscription = await TestSubscription.CreateAsync(_server, session, keepAlive: 1);
            (await subscription.MonitorAsync(s_serverObject, AttributeId.EventNotifier, filter: filter, queueSize: 0)).StatusCode.ShouldBe(StatusCodes.Good);
            return subscription;
        }
    }

    [Fact]
    public async Task A_write_is_audited()
    {
        var admin = await _server.ConnectAsync(TestUser.Admin);
        var subscription = await TestSubscription.CreateAsync(_server, admin);
        await subscription.MonitorAsync(s_serverObject, AttributeId.EventNotifier, filter: Filter(Field("SourceNode"), Field("NewValue", 2100), Field("Status", 2052)), queueSize: 0);
        await _session.SendAsync<WriteResponse>(new WriteRequest(_session.Header(), [new WriteValue(_plant.Level.Id, 13, null, new DataValue(4.5)), new WriteValue(_plant.Name.Id, 13, null, new DataValue("x"))]));
        var events = await subscription.EventsAsync();
        events.Select(e => e.EventFields[0].Value).ShouldBe([_plant.Level.Id, _plant.Name.Id]);
        events[0].EventFields[1].ShouldBe(4.5);
        events.Select(e => e.EventFields[2].Value).ShouldBe([true, false]);
    }

    [Fact]
    public async Task An_event_item_can_be_changed_and_deleted()
    {
        var item = await MonitorAsync(s_serverObject, Filter(Field("Message")));
        var modified = await _session.SendAsync<ModifyMonitoredItemsResponse>(new ModifyMonitoredItemsRequest(
            _session.Header(), _subscription.Id, TimestampsToReturn.Both, [new(item.MonitoredItemId, new MonitoringParameters(77, 0, Filter(Field("Severity")), 5, true))]));
        modified.Results.ShouldHaveSingleItem().RevisedQueueSize.ShouldBe(5u);
        Raise("x", 17);
        var e = (await _subscription.EventsAsync()).ShouldHaveSingleItem();
        (e.ClientHandle, e.EventFields[0]).ShouldBe((77u, (Variant)(ushort)17));
        await _session.SendAsync<DeleteMonitoredItemsResponse>(new DeleteMonitoredItemsRequest(_session.Header(), _subscription.Id, [item.MonitoredItemId]));
        Raise("y");
        (await _subscription.EventsAsync()).ShouldBeEmpty();
    }
}

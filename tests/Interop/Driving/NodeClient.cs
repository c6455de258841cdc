using System.Text.Json.Nodes;

namespace Interop.Driving;

/// <summary>
/// A foreign client (node-opcua) in a process of its own, with one connection at a time. NodeIds are texts:
/// "i=85", "ns=2;s=Name", or "nsu=uri;i=1" whose index the client looks up in the server's namespace array.
/// </summary>
internal sealed class NodeClient : IAsyncDisposable
{
    public NodePeer Peer { get; } = NodePeer.Start("client.mjs");

    public Task<NodeStatus> ConnectAsync(NodeConnect options, CancellationToken ct = default) => Peer.AskAsync<NodeStatus>("connect", options, ct: ct);

    public Task CloseAsync(bool deleteSubscriptions = true, CancellationToken ct = default) => Peer.AskAsync("close", new { deleteSubscriptions }, ct: ct);

    public Task<NodeStatus> StatusAsync(CancellationToken ct = default) => Peer.AskAsync<NodeStatus>("status", ct: ct);

    /// <summary>Waits until a counter of the status ("tokensRenewed", "connectionsReestablished", …) has reached a value.</summary>
    public async Task<NodeStatus> WaitForAsync(string counter, int count = 1, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var wait = timeout ?? TimeSpan.FromSeconds(15);
        var status = await Peer.AskAsync<NodeStatus>("waitFor", new { @event = counter, count, timeout = wait.TotalMilliseconds }, Longer(wait), ct);
        return status.Complete is true ? status : throw new PeerProblem("waitFor", null, $"{counter} did not reach {count} within {wait}: {status}", Peer.StandardError);
    }

    /// <summary>Breaks the socket; the connection has to be opened with Reconnect for it to come back.</summary>
    public async Task<NodeStatus> KillAndReconnectAsync(TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var wait = timeout ?? TimeSpan.FromSeconds(15);
        var status = await Peer.AskAsync<NodeStatus>("kill", new { timeout = wait.TotalMilliseconds }, Longer(wait), ct);
        return status.Complete is true ? status : throw new PeerProblem("kill", null, $"no connection again within {wait}: {status}", Peer.StandardError);
    }

    public Task KillAsync(CancellationToken ct = default) => Peer.AskAsync("kill", new { wait = false }, ct: ct);

    public Task<string> ChangeUserAsync(string user, string password, CancellationToken ct = default) =>
        StatusCodeAsync("changeUser", new { user, password }, ct);

    public Task<string> ChangeUserToAnonymousAsync(CancellationToken ct = default) => StatusCodeAsync("changeUser", null, ct);

    public async Task<NodeEndpoint[]> GetEndpointsAsync(string endpointUrl, string pkiFolder, CancellationToken ct = default) =>
        await ListAsync<NodeEndpoint>("getEndpoints", new { endpointUrl, pkiFolder }, "endpoints", ct);

    public async Task<NodeApplication[]> FindServersAsync(string endpointUrl, string pkiFolder, string[]? serverUris = null, CancellationToken ct = default) =>
        await ListAsync<NodeApplication>("findServers", new { endpointUrl, pkiFolder, serverUris }, "servers", ct);

    public async Task<JsonArray> FindServersOnNetworkAsync(
        string endpointUrl, string pkiFolder, uint startingRecordId = 0, uint maxRecords = 0, string[]? capabilities = null, CancellationToken ct = default) =>
        (await Peer.AskAsync("findServersOnNetwork", new { endpointUrl, pkiFolder, startingRecordId, maxRecords, capabilities }, ct: ct))["servers"]!.AsArray();

    public async Task<string[]> NamespacesAsync(CancellationToken ct = default) => await ListAsync<string>("namespaces", null, "uris", ct);

    /// <summary>Browses; pages of at most <paramref name="maxReferences"/> are followed to their end unless told otherwise.</summary>
    public Task<NodeBrowse> BrowseAsync(
        string nodeId,
        int maxReferences = 0,
        string? referenceTypeId = null,
        string direction = "Forward",
        bool includeSubtypes = true,
        int nodeClassMask = 0,
        bool follow = true,
        CancellationToken ct = default) =>
        Peer.AskAsync<NodeBrowse>("browse", new { nodeId, maxReferences, referenceTypeId, direction, includeSubtypes, nodeClassMask, follow }, ct: ct);

    public Task<NodeBrowse> BrowseNextAsync(string continuationPoint, bool release = false, CancellationToken ct = default) =>
        Peer.AskAsync<NodeBrowse>("browseNext", new { continuationPoint, release }, ct: ct);

    /// <summary>Path such as "/Objects/Server" or "/Objects/nsu=uri;Directory", from the root folder unless told otherwise.</summary>
    public Task<NodeTranslation> TranslateAsync(string path, string? nodeId = null, CancellationToken ct = default) =>
        Peer.AskAsync<NodeTranslation>("translate", new { nodeId, path }, ct: ct);

    public Task<NodeDataValue> ReadAsync(string nodeId, string attribute = "Value", string? indexRange = null, string? dataEncoding = null, CancellationToken ct = default) =>
        Peer.AskAsync<NodeDataValue>("read", new { nodeId, attribute, indexRange, dataEncoding }, ct: ct);

    public async Task<NodeDataValue[]> ReadManyAsync(IEnumerable<string> nodeIds, CancellationToken ct = default) =>
        await ListAsync<NodeDataValue>("readMany", new { nodes = nodeIds }, "results", ct);

    /// <summary>Name of the status code of the write.</summary>
    public Task<string> WriteAsync(string nodeId, NodeVariant value, string? indexRange = null, CancellationToken ct = default) =>
        StatusCodeAsync("write", new { nodeId, value, indexRange }, ct);

    public Task<NodeCall> CallAsync(string objectId, string methodId, params NodeVariant[] args) =>
        Peer.AskAsync<NodeCall>("call", new { objectId, methodId, args });

    /// <summary>Calls and expects Good; gives the output arguments.</summary>
    public async Task<NodeVariant[]> CallGoodAsync(string objectId, string methodId, params NodeVariant[] args)
    {
        var result = await CallAsync(objectId, methodId, args);
        return result.StatusCode == "Good"
            ? result.Outputs
            : throw new PeerProblem("call", result.StatusCode, $"{methodId} with arguments {string.Join(", ", result.InputArgumentResults)}", Peer.StandardError);
    }

    public async Task<NodeCall[]> CallManyAsync(IEnumerable<(string ObjectId, string MethodId, NodeVariant[] Args)> calls, CancellationToken ct = default) =>
        await ListAsync<NodeCall>("callMany", new { calls = calls.Select(call => new { objectId = call.ObjectId, methodId = call.MethodId, args = call.Args }) }, "results", ct);

    /// <summary>Any service request by the name of its type, with lowerCamelCase fields; gives the fields of the response.</summary>
    public async Task<JsonObject> RequestAsync(string name, object? fields = null, CancellationToken ct = default) =>
        (await Peer.AskAsync("request", new { name, fields }, ct: ct))["response"]!.AsObject();

    public async Task<NodeDataType> DataTypeAsync(string nodeId, CancellationToken ct = default) => await Peer.AskAsync<NodeDataType>("dataType", new { nodeId }, ct: ct);

    /// <summary>Lets the library discover all types; structures and enumerations by namespace URI.</summary>
    public async Task<JsonArray> ExtractTypesAsync(CancellationToken ct = default) => (await Peer.AskAsync("extractTypes", ct: ct))["namespaces"]!.AsArray();

    public Task<NodeSubscription> SubscribeAsync(
        IEnumerable<NodeMonitor> nodes,
        double publishingInterval = 100,
        int? maxKeepAliveCount = null,
        int? lifetimeCount = null,
        int? maxNotificationsPerPublish = null,
        bool publishingEnabled = true,
        CancellationToken ct = default) =>
        Peer.AskAsync<NodeSubscription>(
            "subscribe", new { nodes, publishingInterval, maxKeepAliveCount, lifetimeCount, maxNotificationsPerPublish, publishingEnabled }, ct: ct);

    /// <summary>
    /// Events of a notifier (default Server), with fields by browse path below <paramref name="typeDefinition"/>
    /// (default BaseEventType); only of one type with <paramref name="ofType"/>.
    /// </summary>
    public Task<NodeSubscription> SubscribeEventsAsync(
        string nodeId = "i=2253",
        string[]? select = null,
        string? ofType = null,
        string? typeDefinition = null,
        double publishingInterval = 100,
        CancellationToken ct = default) =>
        Peer.AskAsync<NodeSubscription>("subscribeEvents", new { nodeId, select, ofType, typeDefinition, publishingInterval }, ct: ct);

    public Task<string> SetPublishingModeAsync(bool enabled, uint? subscription = null, CancellationToken ct = default) =>
        StatusCodeAsync("setPublishingMode", new { enabled, subscription }, ct);

    /// <summary>Mode of one item: Disabled, Sampling or Reporting.</summary>
    public Task<string> SetMonitoringModeAsync(string mode, int item = 0, uint? subscription = null, CancellationToken ct = default) =>
        StatusCodeAsync("setMonitoringMode", new { mode, item, subscription }, ct);

    public Task DeleteSubscriptionAsync(uint? subscription = null, CancellationToken ct = default) =>
        Peer.AskAsync("deleteSubscription", new { subscription }, ct: ct);

    /// <summary>Asks for a notification message again; BadMessageNotAvailable comes as a <see cref="PeerProblem"/>.</summary>
    public Task<JsonObject> RepublishAsync(uint sequenceNumber, uint? subscription = null, CancellationToken ct = default) =>
        Peer.AskAsync("republish", new { sequenceNumber, subscription }, ct: ct);

    /// <summary>Waits until so much has arrived, hands it over and forgets it; fails when the time is over first.</summary>
    public async Task<NodeInbox> CollectAsync(
        int count = 0, int events = 0, int keepAlives = 0, int? item = null, uint? subscription = null, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var inbox = await CollectWithinAsync(timeout ?? TimeSpan.FromSeconds(10), count, events, keepAlives, item, subscription, ct);
        return inbox.Complete
            ? inbox
            : throw new PeerProblem("collect", null, $"{inbox.Values.Length} values, {inbox.Events.Length} events and {inbox.KeepAlives} keep-alives came", Peer.StandardError);
    }

    /// <summary>As <see cref="CollectAsync"/>, but answers with Complete false when the time is over first.</summary>
    public Task<NodeInbox> CollectWithinAsync(
        TimeSpan timeout, int count = 0, int events = 0, int keepAlives = 0, int? item = null, uint? subscription = null, CancellationToken ct = default) =>
        Peer.AskAsync<NodeInbox>("collect", new { count, events, keepAlives, item, subscription, timeout = timeout.TotalMilliseconds }, Longer(timeout), ct);

    /// <summary>Starts the library's alarm list; gives what is in it at once.</summary>
    public async Task<NodeAlarm[]> WatchAlarmsAsync(CancellationToken ct = default) => await ListAsync<NodeAlarm>("watchAlarms", null, "alarms", ct);

    /// <summary>Waits until the alarm of that name and source is as expected; fails when the time is over first.</summary>
    public async Task<NodeAlarm> WaitForAlarmAsync(string conditionName, string sourceName, object expect, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var wait = timeout ?? TimeSpan.FromSeconds(30);
        var came = await Peer.AskAsync<NodeAlarmWait>("waitForAlarm", new { conditionName, sourceName, expect, timeout = wait.TotalMilliseconds }, Longer(wait), ct);
        return came is { Complete: true, Alarm: { } alarm }
            ? alarm
            : throw new PeerProblem("waitForAlarm", null, $"{conditionName} of {sourceName} did not become {expect} within {wait}: {came.Alarm}", Peer.StandardError);
    }

    public Task<string> AcknowledgeAsync(NodeAlarm alarm, string comment, CancellationToken ct = default) =>
        StatusCodeAsync("acknowledge", new { conditionId = alarm.ConditionId, eventId = alarm.EventId, comment }, ct);

    public Task<string> AddCommentAsync(NodeAlarm alarm, string comment, CancellationToken ct = default) =>
        StatusCodeAsync("addComment", new { conditionId = alarm.ConditionId, eventId = alarm.EventId, comment }, ct);

    public Task<string> RefreshConditionsAsync(uint subscription, CancellationToken ct = default) => StatusCodeAsync("refreshConditions", new { subscription }, ct);

    public ValueTask DisposeAsync() => Peer.DisposeAsync();

    private static TimeSpan Longer(TimeSpan timeout) => timeout + TimeSpan.FromSeconds(15);

    private async Task<string> StatusCodeAsync(string command, object? fields, CancellationToken ct) =>
        (string)(await Peer.AskAsync(command, fields, ct: ct))["statusCode"]!;

    private async Task<T[]> ListAsync<T>(string command, object? fields, string name, CancellationToken ct) =>
        System.Text.Json.JsonSerializer.Deserialize<T[]>((await Peer.AskAsync(command, fields, ct: ct))[name], NodePeer.Json)!;
}

namespace Ua.Core.Tests;

/// <summary>The bytes of monitored item messages, field by field.</summary>
public sealed class MonitoredItemMessages
{
    [Fact]
    public void CreateMonitoredItems_request() => Golden.Request(
        new CreateMonitoredItemsRequest(
            Header: Golden.RequestHeader,
            SubscriptionId: 0x01020301,
            TimestampsToReturn: TimestampsToReturn.Neither,
            ItemsToCreate: [new MonitoredItemCreateRequest(
                ItemToMonitor: new ReadValueId(
                    NodeId: new NodeId(2, 1),
                    AttributeId: 0x01020303,
                    IndexRange: "IR4",
                    DataEncoding: new QualifiedName("Q5", 1)),
                MonitoringMode: MonitoringMode.Reporting,
                RequestedParameters: new MonitoringParameters(
                    ClientHandle: 0x01020306,
                    SamplingInterval: 7.5,
                    Filter: new ExtensionObject(new NodeId(8, 1), ExtensionObjectEncoding.Binary, [0xE0]),
                    QueueSize: 0x01020309,
                    DiscardOldest: true))]),
        """
            01 00 EF 02  // i=751, the binary encoding of CreateMonitoredItemsRequest
            {RequestHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            03 00 00 00  // TimestampsToReturn: Neither
            01 00 00 00  // ItemsToCreate: 1 element
            01 01 02 00  // NodeId: ns=1;i=2
            03 03 02 01  // AttributeId: 0x01020303
            03 00 00 00 49 52 34  // IndexRange: "IR4"
            01 00 02 00 00 00 51 35  // DataEncoding: 1:Q5
            02 00 00 00  // MonitoringMode: Reporting
            06 03 02 01  // ClientHandle: 0x01020306
            00 00 00 00 00 00 1E 40  // SamplingInterval: 7.5
            01 01 08 00 01 01 00 00 00 E0  // Filter: ns=1;i=8, binary, 1 byte
            09 03 02 01  // QueueSize: 0x01020309
            01  // DiscardOldest: true
        """);

    [Fact]
    public void CreateMonitoredItems_response() => Golden.Response(
        new CreateMonitoredItemsResponse(
            Header: Golden.ResponseHeader,
            Results: [new MonitoredItemCreateResult(
                StatusCode: new StatusCode(0x80020000),
                MonitoredItemId: 0x01020302,
                RevisedSamplingInterval: 3.5,
                RevisedQueueSize: 0x01020304,
                FilterResult: new ExtensionObject(new NodeId(5, 1), ExtensionObjectEncoding.Binary, [0xE0]))],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 6)]),
        """
            01 00 F2 02  // i=754, the binary encoding of CreateMonitoredItemsResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            02 03 02 01  // MonitoredItemId: 0x01020302
            00 00 00 00 00 00 0C 40  // RevisedSamplingInterval: 3.5
            04 03 02 01  // RevisedQueueSize: 0x01020304
            01 01 05 00 01 01 00 00 00 E0  // FilterResult: ns=1;i=5, binary, 1 byte
            01 00 00 00  // DiagnosticInfos: 1 element
            01 06 00 00 00  // DiagnosticInfos: symbolic id 6
        """);

    [Fact]
    public void ModifyMonitoredItems_request() => Golden.Request(
        new ModifyMonitoredItemsRequest(
            Header: Golden.RequestHeader,
            SubscriptionId: 0x01020301,
            TimestampsToReturn: TimestampsToReturn.Neither,
            ItemsToModify: [new MonitoredItemModifyRequest(
                MonitoredItemId: 0x01020302,
                RequestedParameters: new MonitoringParameters(
                    ClientHandle: 0x01020303,
                    SamplingInterval: 4.5,
                    Filter: new ExtensionObject(new NodeId(5, 1), ExtensionObjectEncoding.Binary, [0xE0]),
                    QueueSize: 0x01020306,
                    DiscardOldest: true))]),
        """
            01 00 FB 02  // i=763, the binary encoding of ModifyMonitoredItemsRequest
            {RequestHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            03 00 00 00  // TimestampsToReturn: Neither
            01 00 00 00  // ItemsToModify: 1 element
            02 03 02 01  // MonitoredItemId: 0x01020302
            03 03 02 01  // ClientHandle: 0x01020303
            00 00 00 00 00 00 12 40  // SamplingInterval: 4.5
            01 01 05 00 01 01 00 00 00 E0  // Filter: ns=1;i=5, binary, 1 byte
            06 03 02 01  // QueueSize: 0x01020306
            01  // DiscardOldest: true
        """);

    [Fact]
    public void ModifyMonitoredItems_response() => Golden.Response(
        new ModifyMonitoredItemsResponse(
            Header: Golden.ResponseHeader,
            Results: [new MonitoredItemModifyResult(
                StatusCode: new StatusCode(0x80020000),
                RevisedSamplingInterval: 2.5,
                RevisedQueueSize: 0x01020303,
                FilterResult: new ExtensionObject(new NodeId(4, 1), ExtensionObjectEncoding.Binary, [0xE0]))],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 5)]),
        """
            01 00 FE 02  // i=766, the binary encoding of ModifyMonitoredItemsResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            00 00 00 00 00 00 04 40  // RevisedSamplingInterval: 2.5
            03 03 02 01  // RevisedQueueSize: 0x01020303
            01 01 04 00 01 01 00 00 00 E0  // FilterResult: ns=1;i=4, binary, 1 byte
            01 00 00 00  // DiagnosticInfos: 1 element
            01 05 00 00 00  // DiagnosticInfos: symbolic id 5
        """);

    [Fact]
    public void SetMonitoringMode_request() => Golden.Request(
        new SetMonitoringModeRequest(
            Header: Golden.RequestHeader,
            SubscriptionId: 0x01020301,
            MonitoringMode: MonitoringMode.Reporting,
            MonitoredItemIds: [0x01020302, 0x01020303]),
        """
            01 00 01 03  // i=769, the binary encoding of SetMonitoringModeRequest
            {RequestHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            02 00 00 00  // MonitoringMode: Reporting
            02 00 00 00  // MonitoredItemIds: 2 elements
            02 03 02 01  // MonitoredItemIds: 0x01020302
            03 03 02 01  // MonitoredItemIds: 0x01020303
        """);

    [Fact]
    public void SetMonitoringMode_response() => Golden.Response(
        new SetMonitoringModeResponse(
            Header: Golden.ResponseHeader,
            Results: [new StatusCode(0x80020000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)]),
        """
            01 00 04 03  // i=772, the binary encoding of SetMonitoringModeResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // Results: 0x80020000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 02 00 00 00  // DiagnosticInfos: symbolic id 2
        """);

    [Fact]
    public void SetTriggering_request() => Golden.Request(
        new SetTriggeringRequest(
            Header: Golden.RequestHeader,
            SubscriptionId: 0x01020301,
            TriggeringItemId: 0x01020302,
            LinksToAdd: [0x01020303, 0x01020304],
            LinksToRemove: [0x01020305, 0x01020306]),
        """
            01 00 07 03  // i=775, the binary encoding of SetTriggeringRequest
            {RequestHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            02 03 02 01  // TriggeringItemId: 0x01020302
            02 00 00 00  // LinksToAdd: 2 elements
            03 03 02 01  // LinksToAdd: 0x01020303
            04 03 02 01  // LinksToAdd: 0x01020304
            02 00 00 00  // LinksToRemove: 2 elements
            05 03 02 01  // LinksToRemove: 0x01020305
            06 03 02 01  // LinksToRemove: 0x01020306
        """);

    [Fact]
    public void SetTriggering_response() => Golden.Response(
        new SetTriggeringResponse(
            Header: Golden.ResponseHeader,
            AddResults: [new StatusCode(0x80020000)],
            AddDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)],
            RemoveResults: [new StatusCode(0x80040000)],
            RemoveDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 4)]),
        """
            01 00 0A 03  // i=778, the binary encoding of SetTriggeringResponse
            {ResponseHeader}
            01 00 00 00  // AddResults: 1 element
            00 00 02 80  // AddResults: 0x80020000
            01 00 00 00  // AddDiagnosticInfos: 1 element
            01 02 00 00 00  // AddDiagnosticInfos: symbolic id 2
            01 00 00 00  // RemoveResults: 1 element
            00 00 04 80  // RemoveResults: 0x80040000
            01 00 00 00  // RemoveDiagnosticInfos: 1 element
            01 04 00 00 00  // RemoveDiagnosticInfos: symbolic id 4
        """);

    [Fact]
    public void DeleteMonitoredItems_request() => Golden.Request(
        new DeleteMonitoredItemsRequest(
            Header: Golden.RequestHeader,
            SubscriptionId: 0x01020301,
            MonitoredItemIds: [0x01020302, 0x01020303]),
        """
            01 00 0D 03  // i=781, the binary encoding of DeleteMonitoredItemsRequest
            {RequestHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            02 00 00 00  // MonitoredItemIds: 2 elements
            02 03 02 01  // MonitoredItemIds: 0x01020302
            03 03 02 01  // MonitoredItemIds: 0x01020303
        """);

    [Fact]
    public void DeleteMonitoredItems_response() => Golden.Response(
        new DeleteMonitoredItemsResponse(
            Header: Golden.ResponseHeader,
            Results: [new StatusCode(0x80020000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)]),
        """
            01 00 10 03  // i=784, the binary encoding of DeleteMonitoredItemsResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // Results: 0x80020000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 02 00 00 00  // DiagnosticInfos: symbolic id 2
        """);
}

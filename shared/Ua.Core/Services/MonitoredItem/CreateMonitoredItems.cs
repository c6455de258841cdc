namespace Ua.Core;

/// <summary>One item to monitor (Part 4, 5.13.2).</summary>
public sealed record MonitoredItemCreateRequest(
    ReadValueId ItemToMonitor,
    MonitoringMode MonitoringMode,
    MonitoringParameters RequestedParameters) : IUaStructure<MonitoredItemCreateRequest>
{
    public void Write(ref UaWriter w)
    {
        w.Structure(ItemToMonitor);
        w.Enum(MonitoringMode);
        w.Structure(RequestedParameters);
    }

    public static MonitoredItemCreateRequest Read(ref UaReader r) => new(
        ItemToMonitor: r.Structure<ReadValueId>(),
        MonitoringMode: r.Enum<MonitoringMode>(),
        RequestedParameters: r.Structure<MonitoringParameters>());
}

/// <summary>The item that was made, with what the server granted (Part 4, 5.13.2).</summary>
public sealed record MonitoredItemCreateResult(
    StatusCode StatusCode,
    uint MonitoredItemId,
    double RevisedSamplingInterval,
    uint RevisedQueueSize,
    ExtensionObject? FilterResult) : IUaStructure<MonitoredItemCreateResult>
{
    public void Write(ref UaWriter w)
    {
        w.StatusCode(StatusCode);
        w.UInt32(MonitoredItemId);
        w.Double(RevisedSamplingInterval);
        w.UInt32(RevisedQueueSize);
        w.ExtensionObject(FilterResult);
    }

    public static MonitoredItemCreateResult Read(ref UaReader r) => new(
        StatusCode: r.StatusCode(),
        MonitoredItemId: r.UInt32(),
        RevisedSamplingInterval: r.Double(),
        RevisedQueueSize: r.UInt32(),
        FilterResult: r.ExtensionObject());
}

/// <summary>Adds items to a subscription (Part 4, 5.13.2).</summary>
public sealed record CreateMonitoredItemsRequest(
    RequestHeader Header,
    uint SubscriptionId,
    TimestampsToReturn TimestampsToReturn,
    MonitoredItemCreateRequest[] ItemsToCreate) : IServiceRequest<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>
{
    public static uint BinaryEncodingId => 751;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.Enum(TimestampsToReturn);
        w.StructureArray(ItemsToCreate);
    }

    public static CreateMonitoredItemsRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionId: r.UInt32(),
        TimestampsToReturn: r.Enum<TimestampsToReturn>(),
        ItemsToCreate: r.StructureArray<MonitoredItemCreateRequest>());
}

/// <summary>One result for each item, in the same order.</summary>
public sealed record CreateMonitoredItemsResponse(
    ResponseHeader Header,
    MonitoredItemCreateResult[] Results,
    DiagnosticInfo[] DiagnosticInfos) : IServiceResponse<CreateMonitoredItemsResponse>
{
    public static uint BinaryEncodingId => 754;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static CreateMonitoredItemsResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StructureArray<MonitoredItemCreateResult>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

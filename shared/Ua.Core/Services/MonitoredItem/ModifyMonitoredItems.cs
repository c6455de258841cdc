namespace Ua.Core;

/// <summary>One item and its new parameters (Part 4, 5.13.3).</summary>
public sealed record MonitoredItemModifyRequest(uint MonitoredItemId, MonitoringParameters RequestedParameters)
    : IUaStructure<MonitoredItemModifyRequest>
{
    public void Write(ref UaWriter w)
    {
        w.UInt32(MonitoredItemId);
        w.Structure(RequestedParameters);
    }

    public static MonitoredItemModifyRequest Read(ref UaReader r) => new(
        MonitoredItemId: r.UInt32(),
        RequestedParameters: r.Structure<MonitoringParameters>());
}

/// <summary>What the server granted (Part 4, 5.13.3).</summary>
public sealed record MonitoredItemModifyResult(
    StatusCode StatusCode,
    double RevisedSamplingInterval,
    uint RevisedQueueSize,
    ExtensionObject? FilterResult) : IUaStructure<MonitoredItemModifyResult>
{
    public void Write(ref UaWriter w)
    {
        w.StatusCode(StatusCode);
        w.Double(RevisedSamplingInterval);
        w.UInt32(RevisedQueueSize);
        w.ExtensionObject(FilterResult);
    }

    public static MonitoredItemModifyResult Read(ref UaReader r) => new(
        StatusCode: r.StatusCode(),
        RevisedSamplingInterval: r.Double(),
        RevisedQueueSize: r.UInt32(),
        FilterResult: r.ExtensionObject());
}

/// <summary>Changes items of a subscription (Part 4, 5.13.3).</summary>
public sealed record ModifyMonitoredItemsRequest(
    RequestHeader Header,
    uint SubscriptionId,
    TimestampsToReturn TimestampsToReturn,
    MonitoredItemModifyRequest[] ItemsToModify) : IServiceRequest<ModifyMonitoredItemsRequest, ModifyMonitoredItemsResponse>
{
    public static uint BinaryEncodingId => 763;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.Enum(TimestampsToReturn);
        w.StructureArray(ItemsToModify);
    }

    public static ModifyMonitoredItemsRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionId: r.UInt32(),
        TimestampsToReturn: r.Enum<TimestampsToReturn>(),
        ItemsToModify: r.StructureArray<MonitoredItemModifyRequest>());
}

/// <summary>One result for each item, in the same order.</summary>
public sealed record ModifyMonitoredItemsResponse(
    ResponseHeader Header,
    MonitoredItemModifyResult[] Results,
    DiagnosticInfo[] DiagnosticInfos) : IServiceResponse<ModifyMonitoredItemsResponse>
{
    public static uint BinaryEncodingId => 766;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static ModifyMonitoredItemsResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StructureArray<MonitoredItemModifyResult>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

namespace Ua.Core;

/// <summary>Removes items from a subscription (Part 4, 5.13.6).</summary>
public sealed record DeleteMonitoredItemsRequest(RequestHeader Header, uint SubscriptionId, uint[] MonitoredItemIds)
    : IServiceRequest<DeleteMonitoredItemsRequest, DeleteMonitoredItemsResponse>
{
    public static uint BinaryEncodingId => 781;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.UInt32Array(MonitoredItemIds);
    }

    public static DeleteMonitoredItemsRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionId: r.UInt32(),
        MonitoredItemIds: r.UInt32Array());
}

/// <summary>One status for each item, in the same order.</summary>
public sealed record DeleteMonitoredItemsResponse(ResponseHeader Header, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<DeleteMonitoredItemsResponse>
{
    public static uint BinaryEncodingId => 784;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StatusCodeArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static DeleteMonitoredItemsResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

namespace Ua.Core;

/// <summary>Sets the mode of items (Part 4, 5.13.4).</summary>
public sealed record SetMonitoringModeRequest(
    RequestHeader Header,
    uint SubscriptionId,
    MonitoringMode MonitoringMode,
    uint[] MonitoredItemIds) : IServiceRequest<SetMonitoringModeRequest, SetMonitoringModeResponse>
{
    public static uint BinaryEncodingId => 769;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.Enum(MonitoringMode);
        w.UInt32Array(MonitoredItemIds);
    }

    public static SetMonitoringModeRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionId: r.UInt32(),
        MonitoringMode: r.Enum<MonitoringMode>(),
        MonitoredItemIds: r.UInt32Array());
}

/// <summary>One status for each item, in the same order.</summary>
public sealed record SetMonitoringModeResponse(ResponseHeader Header, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<SetMonitoringModeResponse>
{
    public static uint BinaryEncodingId => 772;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StatusCodeArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static SetMonitoringModeResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

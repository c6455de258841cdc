namespace Ua.Core;

/// <summary>Switches the reports of subscriptions on or off (Part 4, 5.14.4).</summary>
public sealed record SetPublishingModeRequest(RequestHeader Header, bool PublishingEnabled, uint[] SubscriptionIds)
    : IServiceRequest<SetPublishingModeRequest, SetPublishingModeResponse>
{
    public static uint BinaryEncodingId => 799;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Boolean(PublishingEnabled);
        w.UInt32Array(SubscriptionIds);
    }

    public static SetPublishingModeRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        PublishingEnabled: r.Boolean(),
        SubscriptionIds: r.UInt32Array());
}

/// <summary>One status for each subscription, in the same order.</summary>
public sealed record SetPublishingModeResponse(ResponseHeader Header, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<SetPublishingModeResponse>
{
    public static uint BinaryEncodingId => 802;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StatusCodeArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static SetPublishingModeResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

namespace Ua.Core;

/// <summary>Ends subscriptions (Part 4, 5.14.8).</summary>
public sealed record DeleteSubscriptionsRequest(RequestHeader Header, uint[] SubscriptionIds)
    : IServiceRequest<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>
{
    public static uint BinaryEncodingId => 847;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32Array(SubscriptionIds);
    }

    public static DeleteSubscriptionsRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionIds: r.UInt32Array());
}

/// <summary>One status for each subscription, in the same order.</summary>
public sealed record DeleteSubscriptionsResponse(ResponseHeader Header, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<DeleteSubscriptionsResponse>
{
    public static uint BinaryEncodingId => 850;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StatusCodeArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static DeleteSubscriptionsResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

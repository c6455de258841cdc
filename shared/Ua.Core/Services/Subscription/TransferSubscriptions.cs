namespace Ua.Core;

/// <summary>What is still there of a transferred subscription (Part 4, 5.14.7).</summary>
public sealed record TransferResult(StatusCode StatusCode, uint[] AvailableSequenceNumbers) : IUaStructure<TransferResult>
{
    public void Write(ref UaWriter w)
    {
        w.StatusCode(StatusCode);
        w.UInt32Array(AvailableSequenceNumbers);
    }

    public static TransferResult Read(ref UaReader r) => new(
        StatusCode: r.StatusCode(),
        AvailableSequenceNumbers: r.UInt32Array());
}

/// <summary>Moves subscriptions to this session (Part 4, 5.14.7).</summary>
public sealed record TransferSubscriptionsRequest(RequestHeader Header, uint[] SubscriptionIds, bool SendInitialValues)
    : IServiceRequest<TransferSubscriptionsRequest, TransferSubscriptionsResponse>
{
    public static uint BinaryEncodingId => 841;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32Array(SubscriptionIds);
        w.Boolean(SendInitialValues);
    }

    public static TransferSubscriptionsRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionIds: r.UInt32Array(),
        SendInitialValues: r.Boolean());
}

/// <summary>One result for each subscription, in the same order.</summary>
public sealed record TransferSubscriptionsResponse(ResponseHeader Header, TransferResult[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<TransferSubscriptionsResponse>
{
    public static uint BinaryEncodingId => 844;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static TransferSubscriptionsResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StructureArray<TransferResult>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

namespace Ua.Core;

/// <summary>Links items to one that makes them report (Part 4, 5.13.5).</summary>
public sealed record SetTriggeringRequest(
    RequestHeader Header,
    uint SubscriptionId,
    uint TriggeringItemId,
    uint[] LinksToAdd,
    uint[] LinksToRemove) : IServiceRequest<SetTriggeringRequest, SetTriggeringResponse>
{
    public static uint BinaryEncodingId => 775;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.UInt32(TriggeringItemId);
        w.UInt32Array(LinksToAdd);
        w.UInt32Array(LinksToRemove);
    }

    public static SetTriggeringRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionId: r.UInt32(),
        TriggeringItemId: r.UInt32(),
        LinksToAdd: r.UInt32Array(),
        LinksToRemove: r.UInt32Array());
}

/// <summary>One status for each link, in the same order.</summary>
public sealed record SetTriggeringResponse(
    ResponseHeader Header,
    StatusCode[] AddResults,
    DiagnosticInfo[] AddDiagnosticInfos,
    StatusCode[] RemoveResults,
    DiagnosticInfo[] RemoveDiagnosticInfos) : IServiceResponse<SetTriggeringResponse>
{
    public static uint BinaryEncodingId => 778;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StatusCodeArray(AddResults);
        w.DiagnosticInfoArray(AddDiagnosticInfos);
        w.StatusCodeArray(RemoveResults);
        w.DiagnosticInfoArray(RemoveDiagnosticInfos);
    }

    public static SetTriggeringResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        AddResults: r.StatusCodeArray(),
        AddDiagnosticInfos: r.DiagnosticInfoArray(),
        RemoveResults: r.StatusCodeArray(),
        RemoveDiagnosticInfos: r.DiagnosticInfoArray());
}

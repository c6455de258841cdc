namespace Ua.Core;

/// <summary>Continues or releases browses that returned a continuation point (Part 4, 5.9.3).</summary>
public sealed record BrowseNextRequest(RequestHeader Header, bool ReleaseContinuationPoints, byte[]?[] ContinuationPoints)
    : IServiceRequest<BrowseNextRequest, BrowseNextResponse>
{
    public static uint BinaryEncodingId => 533;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Boolean(ReleaseContinuationPoints);
        w.ByteStringArray(ContinuationPoints);
    }

    public static BrowseNextRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        ReleaseContinuationPoints: r.Boolean(),
        ContinuationPoints: r.ByteStringArray());
}

/// <summary>One result for each continuation point, in the same order.</summary>
public sealed record BrowseNextResponse(ResponseHeader Header, BrowseResult[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<BrowseNextResponse>
{
    public static uint BinaryEncodingId => 536;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static BrowseNextResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StructureArray<BrowseResult>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

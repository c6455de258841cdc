namespace Ua.Core;

/// <summary>Gives up the open requests that carry a request handle (Part 4, 5.7.5).</summary>
public sealed record CancelRequest(RequestHeader Header, uint RequestHandle) : IServiceRequest<CancelRequest, CancelResponse>
{
    public static uint BinaryEncodingId => 479;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(RequestHandle);
    }

    public static CancelRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        RequestHandle: r.UInt32());
}

/// <summary>How many requests were cancelled.</summary>
public sealed record CancelResponse(ResponseHeader Header, uint CancelCount) : IServiceResponse<CancelResponse>
{
    public static uint BinaryEncodingId => 482;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(CancelCount);
    }

    public static CancelResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        CancelCount: r.UInt32());
}

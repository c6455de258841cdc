namespace Ua.Core;

/// <summary>Ends a session, with its subscriptions or without (Part 4, 5.7.4).</summary>
public sealed record CloseSessionRequest(RequestHeader Header, bool DeleteSubscriptions)
    : IServiceRequest<CloseSessionRequest, CloseSessionResponse>
{
    public static uint BinaryEncodingId => 473;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Boolean(DeleteSubscriptions);
    }

    public static CloseSessionRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        DeleteSubscriptions: r.Boolean());
}

/// <summary>The session is gone.</summary>
public sealed record CloseSessionResponse(ResponseHeader Header) : IServiceResponse<CloseSessionResponse>
{
    public static uint BinaryEncodingId => 476;

    public void Write(ref UaWriter w) => w.Structure(Header);

    public static CloseSessionResponse Read(ref UaReader r) => new(Header: r.Structure<ResponseHeader>());
}

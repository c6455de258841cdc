namespace Ua.Core;

/// <summary>Ends a channel; over UA-TCP the server answers by closing the connection (Part 4, 5.6.3).</summary>
public sealed record CloseSecureChannelRequest(RequestHeader Header)
    : IServiceRequest<CloseSecureChannelRequest, CloseSecureChannelResponse>
{
    public static uint BinaryEncodingId => 452;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w) => w.Structure(Header);

    public static CloseSecureChannelRequest Read(ref UaReader r) => new(Header: r.Structure<RequestHeader>());
}

/// <summary>Never sent over UA-TCP.</summary>
public sealed record CloseSecureChannelResponse(ResponseHeader Header) : IServiceResponse<CloseSecureChannelResponse>
{
    public static uint BinaryEncodingId => 455;

    public void Write(ref UaWriter w) => w.Structure(Header);

    public static CloseSecureChannelResponse Read(ref UaReader r) => new(Header: r.Structure<ResponseHeader>());
}

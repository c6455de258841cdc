namespace Ua.Core;

/// <summary>Asks again for a notification message that did not arrive (Part 4, 5.14.6).</summary>
public sealed record RepublishRequest(RequestHeader Header, uint SubscriptionId, uint RetransmitSequenceNumber)
    : IServiceRequest<RepublishRequest, RepublishResponse>
{
    public static uint BinaryEncodingId => 832;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.UInt32(RetransmitSequenceNumber);
    }

    public static RepublishRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionId: r.UInt32(),
        RetransmitSequenceNumber: r.UInt32());
}

/// <summary>The notification message, as it was.</summary>
public sealed record RepublishResponse(ResponseHeader Header, NotificationMessage NotificationMessage) : IServiceResponse<RepublishResponse>
{
    public static uint BinaryEncodingId => 835;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Structure(NotificationMessage);
    }

    public static RepublishResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        NotificationMessage: r.Structure<NotificationMessage>());
}

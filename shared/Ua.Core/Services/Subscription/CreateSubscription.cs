namespace Ua.Core;

/// <summary>Makes a subscription. The interval is in milliseconds, the counts are publishing cycles, a maximum of 0 is no limit (Part 4, 5.14.2).</summary>
public sealed record CreateSubscriptionRequest(
    RequestHeader Header,
    double RequestedPublishingInterval,
    uint RequestedLifetimeCount,
    uint RequestedMaxKeepAliveCount,
    uint MaxNotificationsPerPublish,
    bool PublishingEnabled,
    byte Priority) : IServiceRequest<CreateSubscriptionRequest, CreateSubscriptionResponse>
{
    public static uint BinaryEncodingId => 787;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Double(RequestedPublishingInterval);
        w.UInt32(RequestedLifetimeCount);
        w.UInt32(RequestedMaxKeepAliveCount);
        w.UInt32(MaxNotificationsPerPublish);
        w.Boolean(PublishingEnabled);
        w.Byte(Priority);
    }

    public static CreateSubscriptionRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        RequestedPublishingInterval: r.Double(),
        RequestedLifetimeCount: r.UInt32(),
        RequestedMaxKeepAliveCount: r.UInt32(),
        MaxNotificationsPerPublish: r.UInt32(),
        PublishingEnabled: r.Boolean(),
        Priority: r.Byte());
}

/// <summary>The new subscription, with what the server granted.</summary>
public sealed record CreateSubscriptionResponse(
    ResponseHeader Header,
    uint SubscriptionId,
    double RevisedPublishingInterval,
    uint RevisedLifetimeCount,
    uint RevisedMaxKeepAliveCount) : IServiceResponse<CreateSubscriptionResponse>
{
    public static uint BinaryEncodingId => 790;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.Double(RevisedPublishingInterval);
        w.UInt32(RevisedLifetimeCount);
        w.UInt32(RevisedMaxKeepAliveCount);
    }

    public static CreateSubscriptionResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        SubscriptionId: r.UInt32(),
        RevisedPublishingInterval: r.Double(),
        RevisedLifetimeCount: r.UInt32(),
        RevisedMaxKeepAliveCount: r.UInt32());
}

namespace Ua.Core;

/// <summary>Changes a subscription (Part 4, 5.14.3).</summary>
public sealed record ModifySubscriptionRequest(
    RequestHeader Header,
    uint SubscriptionId,
    double RequestedPublishingInterval,
    uint RequestedLifetimeCount,
    uint RequestedMaxKeepAliveCount,
    uint MaxNotificationsPerPublish,
    byte Priority) : IServiceRequest<ModifySubscriptionRequest, ModifySubscriptionResponse>
{
    public static uint BinaryEncodingId => 793;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.Double(RequestedPublishingInterval);
        w.UInt32(RequestedLifetimeCount);
        w.UInt32(RequestedMaxKeepAliveCount);
        w.UInt32(MaxNotificationsPerPublish);
        w.Byte(Priority);
    }

    public static ModifySubscriptionRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionId: r.UInt32(),
        RequestedPublishingInterval: r.Double(),
        RequestedLifetimeCount: r.UInt32(),
        RequestedMaxKeepAliveCount: r.UInt32(),
        MaxNotificationsPerPublish: r.UInt32(),
        Priority: r.Byte());
}

/// <summary>What the server granted.</summary>
public sealed record ModifySubscriptionResponse(
    ResponseHeader Header,
    double RevisedPublishingInterval,
    uint RevisedLifetimeCount,
    uint RevisedMaxKeepAliveCount) : IServiceResponse<ModifySubscriptionResponse>
{
    public static uint BinaryEncodingId => 796;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Double(RevisedPublishingInterval);
        w.UInt32(RevisedLifetimeCount);
        w.UInt32(RevisedMaxKeepAliveCount);
    }

    public static ModifySubscriptionResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        RevisedPublishingInterval: r.Double(),
        RevisedLifetimeCount: r.UInt32(),
        RevisedMaxKeepAliveCount: r.UInt32());
}

namespace Ua.Core;

/// <summary>What a server knows of one subscription (Part 5, 12.15). The interval is in milliseconds.</summary>
public sealed record SubscriptionDiagnosticsDataType(
    NodeId SessionId,
    uint SubscriptionId,
    byte Priority,
    double PublishingInterval,
    uint MaxKeepAliveCount,
    uint MaxLifetimeCount,
    uint MaxNotificationsPerPublish,
    bool PublishingEnabled) : IUaEncodable<SubscriptionDiagnosticsDataType>
{
    public static uint BinaryEncodingId => 876;

    public uint ModifyCount { get; init; }

    public uint EnableCount { get; init; }

    public uint DisableCount { get; init; }

    public uint RepublishRequestCount { get; init; }

    public uint RepublishMessageRequestCount { get; init; }

    public uint RepublishMessageCount { get; init; }

    public uint TransferRequestCount { get; init; }

    public uint TransferredToAltClientCount { get; init; }

    public uint TransferredToSameClientCount { get; init; }

    public uint PublishRequestCount { get; init; }

    public uint DataChangeNotificationsCount { get; init; }

    public uint EventNotificationsCount { get; init; }

    public uint NotificationsCount { get; init; }

    public uint LatePublishRequestCount { get; init; }

    public uint CurrentKeepAliveCount { get; init; }

    public uint CurrentLifetimeCount { get; init; }

    public uint UnacknowledgedMessageCount { get; init; }

    public uint DiscardedMessageCount { get; init; }

    public uint MonitoredItemCount { get; init; }

    public uint DisabledMonitoredItemCount { get; init; }

    public uint MonitoringQueueOverflowCount { get; init; }

    public uint NextSequenceNumber { get; init; }

    public uint EventQueueOverflowCount { get; init; }

    public void Write(ref UaWriter w)
    {
        w.NodeId(SessionId);
        w.UInt32(SubscriptionId);
        w.Byte(Priority);
        w.Double(PublishingInterval);
        w.UInt32(MaxKeepAliveCount);
        w.UInt32(MaxLifetimeCount);
        w.UInt32(MaxNotificationsPerPublish);
        w.Boolean(PublishingEnabled);
        w.UInt32(ModifyCount);
        w.UInt32(EnableCount);
        w.UInt32(DisableCount);
        w.UInt32(RepublishRequestCount);
        w.UInt32(RepublishMessageRequestCount);
        w.UInt32(RepublishMessageCount);
        w.UInt32(TransferRequestCount);
        w.UInt32(TransferredToAltClientCount);
        w.UInt32(TransferredToSameClientCount);
        w.UInt32(PublishRequestCount);
        w.UInt32(DataChangeNotificationsCount);
        w.UInt32(EventNotificationsCount);
        w.UInt32(NotificationsCount);
        w.UInt32(LatePublishRequestCount);
        w.UInt32(CurrentKeepAliveCount);
        w.UInt32(CurrentLifetimeCount);
        w.UInt32(UnacknowledgedMessageCount);
        w.UInt32(DiscardedMessageCount);
        w.UInt32(MonitoredItemCount);
        w.UInt32(DisabledMonitoredItemCount);
        w.UInt32(MonitoringQueueOverflowCount);
        w.UInt32(NextSequenceNumber);
        w.UInt32(EventQueueOverflowCount);
    }

    public static SubscriptionDiagnosticsDataType Read(ref UaReader r) => new(
        SessionId: r.NodeId(),
        SubscriptionId: r.UInt32(),
        Priority: r.Byte(),
        PublishingInterval: r.Double(),
        MaxKeepAliveCount: r.UInt32(),
        MaxLifetimeCount: r.UInt32(),
        MaxNotificationsPerPublish: r.UInt32(),
        PublishingEnabled: r.Boolean())
    {
        ModifyCount = r.UInt32(),
        EnableCount = r.UInt32(),
        DisableCount = r.UInt32(),
        RepublishRequestCount = r.UInt32(),
        RepublishMessageRequestCount = r.UInt32(),
        RepublishMessageCount = r.UInt32(),
        TransferRequestCount = r.UInt32(),
        TransferredToAltClientCount = r.UInt32(),
        TransferredToSameClientCount = r.UInt32(),
        PublishRequestCount = r.UInt32(),
        DataChangeNotificationsCount = r.UInt32(),
        EventNotificationsCount = r.UInt32(),
        NotificationsCount = r.UInt32(),
        LatePublishRequestCount = r.UInt32(),
        CurrentKeepAliveCount = r.UInt32(),
        CurrentLifetimeCount = r.UInt32(),
        UnacknowledgedMessageCount = r.UInt32(),
        DiscardedMessageCount = r.UInt32(),
        MonitoredItemCount = r.UInt32(),
        DisabledMonitoredItemCount = r.UInt32(),
        MonitoringQueueOverflowCount = r.UInt32(),
        NextSequenceNumber = r.UInt32(),
        EventQueueOverflowCount = r.UInt32(),
    };
}

namespace Ua.Server.Hosting;

/// <summary>How much subscribing a server takes on. Intervals are in milliseconds.</summary>
public sealed record SubscriptionLimits
{
    public int MaxSubscriptions { get; init; } = 2_000;

    public int MaxSubscriptionsPerSession { get; init; } = 100;

    public int MaxMonitoredItems { get; init; } = 100_000;

    public int MaxMonitoredItemsPerSubscription { get; init; } = 10_000;

    public double MinPublishingInterval { get; init; } = 50;

    public double MaxPublishingInterval { get; init; } = 3_600_000;

    public uint DefaultKeepAliveCount { get; init; } = 10;

    /// <summary>How long a subscription lives at most while nobody publishes; three keep-alives are always granted.</summary>
    public TimeSpan MaxSubscriptionLifetime { get; init; } = TimeSpan.FromHours(1);

    public int MaxNotificationsPerPublish { get; init; } = 10_000;

    public int MaxPublishRequestsPerSession { get; init; } = 100;

    public int MaxRetransmissionMessages { get; init; } = 100;

    public double MinSamplingInterval { get; init; } = 50;

    public double MaxSamplingInterval { get; init; } = 3_600_000;

    public int MaxDataQueueSize { get; init; } = 1_000;

    public int MaxEventQueueSize { get; init; } = 1_000;

    /// <summary>Granted to event items that ask for 0.</summary>
    public int DefaultEventQueueSize { get; init; } = 100;

    public int MaxSelectClauses { get; init; } = 200;

    public int MaxWhereElements { get; init; } = 100;
}

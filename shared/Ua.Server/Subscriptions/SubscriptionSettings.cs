using Ua.Server.Hosting;

namespace Ua.Server.Subscriptions;

/// <summary>The revised parameters of a subscription (Part 4, 5.14.2.2). The interval is in milliseconds.</summary>
internal sealed record SubscriptionSettings(
    double PublishingInterval,
    uint LifetimeCount,
    uint MaxKeepAliveCount,
    uint MaxNotificationsPerPublish,
    bool PublishingEnabled,
    byte Priority)
{
    /// <summary>Brings what a client asks for within the limits; the lifetime is at least three keep-alives.</summary>
    public static SubscriptionSettings Revise(
        double interval, uint lifetime, uint keepAlive, uint maxNotifications, bool enabled, byte priority, SubscriptionLimits limits)
    {
        var revised = double.IsNaN(interval) ? limits.MinPublishingInterval : Math.Clamp(interval, limits.MinPublishingInterval, limits.MaxPublishingInterval);
        var mostTicks = (uint)Math.Clamp(limits.MaxSubscriptionLifetime.TotalMilliseconds / revised, 3, uint.MaxValue);
        var keepAliveCount = Math.Clamp(keepAlive == 0 ? limits.DefaultKeepAliveCount : keepAlive, 1, Math.Max(1, mostTicks / 3));
        return new(
            PublishingInterval: revised,
            LifetimeCount: Math.Clamp(lifetime, keepAliveCount * 3, Math.Max(keepAliveCount * 3, mostTicks)),
            MaxKeepAliveCount: keepAliveCount,
            MaxNotificationsPerPublish: maxNotifications == 0 ? (uint)limits.MaxNotificationsPerPublish : Math.Min(maxNotifications, (uint)limits.MaxNotificationsPerPublish),
            PublishingEnabled: enabled,
            Priority: priority);
    }
}

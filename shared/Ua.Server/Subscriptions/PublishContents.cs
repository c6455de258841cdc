using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>What a subscription puts into a publish response; header and acknowledge results come from the request.</summary>
internal readonly record struct PublishContents(
    uint SubscriptionId,
    uint[] AvailableSequenceNumbers,
    bool MoreNotifications,
    NotificationMessage Message);

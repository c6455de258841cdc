namespace Ua.Client;

/// <summary>How often a subscription reports, and how long it lives without a client (Part 4, 5.14.2).</summary>
public sealed record SubscriptionOptions
{
    public TimeSpan PublishingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this many intervals without news the server says that it is alive.</summary>
    public uint KeepAliveCount { get; init; } = 10;

    /// <summary>After this many intervals without a client the server drops the subscription; at least three times the keep-alive count.</summary>
    public uint LifetimeCount { get; init; } = 120;

    /// <summary>0 is no limit.</summary>
    public uint MaxNotificationsPerPublish { get; init; }

    public byte Priority { get; init; }

    internal void Validate()
    {
        if (PublishingInterval <= TimeSpan.Zero) throw new ArgumentException("PublishingInterval must be positive.");
        if (KeepAliveCount == 0) throw new ArgumentException("KeepAliveCount must be positive.");
        if (LifetimeCount < 3 * (ulong)KeepAliveCount) throw new ArgumentException("LifetimeCount must be at least three times KeepAliveCount.");
    }
}

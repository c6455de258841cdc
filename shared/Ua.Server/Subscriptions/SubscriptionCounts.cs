namespace Ua.Server.Subscriptions;

/// <summary>Counts what happened to one subscription (Part 5, 12.15). Guarded by the gate of its session's subscriptions.</summary>
internal sealed class SubscriptionCounts
{
    public uint Modified { get; set; }

    public uint Enabled { get; set; }

    public uint Disabled { get; set; }

    public uint RepublishRequests { get; set; }

    public uint Republished { get; set; }

    public uint TransferRequests { get; set; }

    public uint TransferredToAlternateClient { get; set; }

    public uint TransferredToSameClient { get; set; }

    public uint Published { get; set; }

    public uint Values { get; set; }

    public uint Events { get; set; }

    public uint Late { get; set; }

    public uint Discarded { get; set; }

    public uint QueueOverflows { get; set; }

    public uint EventQueueOverflows { get; set; }
}

using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>The revised parameters of a data item. The interval is in milliseconds.</summary>
internal sealed record DataItemSettings(
    double SamplingInterval,
    int QueueSize,
    bool DiscardOldest,
    DataChangeRule Rule,
    TimestampsToReturn Timestamps);

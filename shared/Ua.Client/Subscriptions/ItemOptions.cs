using Ua.Core;

namespace Ua.Client;

/// <summary>How an item is sampled at the server and kept here until it is read.</summary>
public sealed record ItemOptions
{
    /// <summary>Null samples once per publishing interval.</summary>
    public TimeSpan? SamplingInterval { get; init; }

    /// <summary>How many values or events the server keeps between two reports.</summary>
    public uint QueueSize { get; init; } = 1;

    /// <summary>Whether the oldest or the newest goes when the server's queue is full.</summary>
    public bool DiscardOldest { get; init; } = true;

    public MonitoringMode Mode { get; init; } = MonitoringMode.Reporting;

    /// <summary>Which changes of a value are reported; null is every change of value or status.</summary>
    public DataChangeFilter? Filter { get; init; }

    /// <summary>How many values or events wait here for their reader; the oldest goes when there are more.</summary>
    public int BufferSize { get; init; } = 1000;
}

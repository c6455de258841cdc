namespace Ua.Core;

/// <summary>Whether a monitored item samples and reports (Part 4, 7.23).</summary>
public enum MonitoringMode
{
    Disabled = 0,
    Sampling = 1,
    Reporting = 2,
}

/// <summary>How an item is sampled and queued. SamplingInterval is in milliseconds, -1 takes the publishing interval (Part 4, 7.21).</summary>
public sealed record MonitoringParameters(
    uint ClientHandle,
    double SamplingInterval,
    ExtensionObject? Filter,
    uint QueueSize,
    bool DiscardOldest) : IUaStructure<MonitoringParameters>
{
    public void Write(ref UaWriter w)
    {
        w.UInt32(ClientHandle);
        w.Double(SamplingInterval);
        w.ExtensionObject(Filter);
        w.UInt32(QueueSize);
        w.Boolean(DiscardOldest);
    }

    public static MonitoringParameters Read(ref UaReader r) => new(
        ClientHandle: r.UInt32(),
        SamplingInterval: r.Double(),
        Filter: r.ExtensionObject(),
        QueueSize: r.UInt32(),
        DiscardOldest: r.Boolean());
}

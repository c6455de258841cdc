namespace Ua.Core;

/// <summary>Which change of a value is reported (Part 4, 7.22.2).</summary>
public enum DataChangeTrigger
{
    Status = 0,
    StatusValue = 1,
    StatusValueTimestamp = 2,
}

/// <summary>How small a change is not reported (Part 4, 7.22.2).</summary>
public enum DeadbandType : uint
{
    None = 0,
    Absolute = 1,
    Percent = 2,
}

/// <summary>Which changes of a value a monitored item reports (Part 4, 7.22.2).</summary>
public sealed record DataChangeFilter(DataChangeTrigger Trigger, DeadbandType DeadbandType, double DeadbandValue)
    : IUaEncodable<DataChangeFilter>
{
    public static uint BinaryEncodingId => 724;

    public void Write(ref UaWriter w)
    {
        w.Enum(Trigger);
        w.UInt32((uint)DeadbandType);
        w.Double(DeadbandValue);
    }

    public static DataChangeFilter Read(ref UaReader r) => new(
        Trigger: r.Enum<DataChangeTrigger>(),
        DeadbandType: (DeadbandType)r.UInt32(),
        DeadbandValue: r.Double());
}

namespace Ua.Core;

/// <summary>How often a service was asked for, and how often it failed (Part 5, 12.13).</summary>
public sealed record ServiceCounterDataType(uint TotalCount, uint ErrorCount) : IUaEncodable<ServiceCounterDataType>
{
    public static uint BinaryEncodingId => 873;

    public void Write(ref UaWriter w)
    {
        w.UInt32(TotalCount);
        w.UInt32(ErrorCount);
    }

    public static ServiceCounterDataType Read(ref UaReader r) => new(TotalCount: r.UInt32(), ErrorCount: r.UInt32());
}

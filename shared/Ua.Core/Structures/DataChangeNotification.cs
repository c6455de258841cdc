namespace Ua.Core;

/// <summary>A new value of one item (Part 4, 7.25.2).</summary>
public sealed record MonitoredItemNotification(uint ClientHandle, DataValue Value) : IUaStructure<MonitoredItemNotification>
{
    public void Write(ref UaWriter w)
    {
        w.UInt32(ClientHandle);
        w.DataValue(Value);
    }

    public static MonitoredItemNotification Read(ref UaReader r) => new(
        ClientHandle: r.UInt32(),
        Value: r.DataValue());
}

/// <summary>New values of items (Part 4, 7.25.2).</summary>
public sealed record DataChangeNotification(MonitoredItemNotification[] MonitoredItems, DiagnosticInfo[] DiagnosticInfos)
    : IUaEncodable<DataChangeNotification>
{
    public static uint BinaryEncodingId => 811;

    public void Write(ref UaWriter w)
    {
        w.StructureArray(MonitoredItems);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static DataChangeNotification Read(ref UaReader r) => new(
        MonitoredItems: r.StructureArray<MonitoredItemNotification>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}

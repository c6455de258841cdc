namespace Ua.Core;

/// <summary>One event: the fields that the select clauses asked for, in their order (Part 4, 7.25.3).</summary>
public sealed record EventFieldList(uint ClientHandle, Variant[] EventFields) : IUaStructure<EventFieldList>
{
    public void Write(ref UaWriter w)
    {
        w.UInt32(ClientHandle);
        w.VariantArray(EventFields);
    }

    public static EventFieldList Read(ref UaReader r) => new(
        ClientHandle: r.UInt32(),
        EventFields: r.VariantArray());
}

/// <summary>Events (Part 4, 7.25.3).</summary>
public sealed record EventNotificationList(EventFieldList[] Events) : IUaEncodable<EventNotificationList>
{
    public static uint BinaryEncodingId => 916;

    public void Write(ref UaWriter w) => w.StructureArray(Events);

    public static EventNotificationList Read(ref UaReader r) => new(Events: r.StructureArray<EventFieldList>());
}

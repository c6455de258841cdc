namespace Ua.Core;

/// <summary>The notifications of one publishing cycle; without any it is a keep-alive (Part 4, 7.26).</summary>
public sealed record NotificationMessage(uint SequenceNumber, DateTime PublishTime, ExtensionObject[] NotificationData)
    : IUaEncodable<NotificationMessage>
{
    public static uint BinaryEncodingId => 805;

    public void Write(ref UaWriter w)
    {
        w.UInt32(SequenceNumber);
        w.DateTime(PublishTime);
        w.ExtensionObjectArray(NotificationData);
    }

    public static NotificationMessage Read(ref UaReader r) => new(
        SequenceNumber: r.UInt32(),
        PublishTime: r.DateTime(),
        NotificationData: r.ExtensionObjectArray());
}

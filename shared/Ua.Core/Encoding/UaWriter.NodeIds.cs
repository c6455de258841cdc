namespace Ua.Core;

public ref partial struct UaWriter
{
    private const byte HasNamespaceUri = 0x80;
    private const byte HasServerIndex = 0x40;

    /// <summary>The shortest of the encoding forms that fits (Part 6, 5.2.2.9).</summary>
    public void NodeId(NodeId value) => NodeId(value, flags: 0);

    public void ExpandedNodeId(ExpandedNodeId value)
    {
        var flags = (byte)((string.IsNullOrEmpty(value.NamespaceUri) ? 0 : HasNamespaceUri) | (value.ServerIndex == 0 ? 0 : HasServerIndex));
        NodeId(value.NodeId, flags);
        if ((flags & HasNamespaceUri) != 0) String(value.NamespaceUri);
        if ((flags & HasServerIndex) != 0) UInt32(value.ServerIndex);
    }

    private void NodeId(NodeId value, byte flags)
    {
        switch (value.Identifier)
        {
            case uint number when value.NamespaceIndex == 0 && number <= byte.MaxValue:
                Byte(flags);
                Byte((byte)number);
                break;
            case uint number when value.NamespaceIndex <= byte.MaxValue && number <= ushort.MaxValue:
                Byte((byte)(0x01 | flags));
                Byte((byte)value.NamespaceIndex);
                UInt16((ushort)number);
                break;
            case uint number:
                Byte((byte)(0x02 | flags));
                UInt16(value.NamespaceIndex);
                UInt32(number);
                break;
            case string text:
                Byte((byte)(0x03 | flags));
                UInt16(value.NamespaceIndex);
                String(text);
                break;
            case Guid guid:
                Byte((byte)(0x04 | flags));
                UInt16(value.NamespaceIndex);
                Guid(guid);
                break;
            case byte[] opaque:
                Byte((byte)(0x05 | flags));
                UInt16(value.NamespaceIndex);
                ByteString(opaque);
                break;
        }
    }
}

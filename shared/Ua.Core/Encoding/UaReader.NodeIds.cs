namespace Ua.Core;

public ref partial struct UaReader
{
    public NodeId NodeId()
    {
        var form = Byte();
        return form <= 0x05 ? NodeId(form) : throw Malformed($"0x{form:X2} is not an encoding form of NodeId");
    }

    public ExpandedNodeId ExpandedNodeId()
    {
        var mask = Byte();
        var form = (byte)(mask & 0x3F);
        if (form > 0x05) throw Malformed($"0x{mask:X2} is not an encoding form of ExpandedNodeId");
        var id = NodeId(form);
        var uri = (mask & 0x80) != 0 ? String() : null;
        var server = (mask & 0x40) != 0 ? UInt32() : 0;
        return new(id, uri, server);
    }

    private NodeId NodeId(byte form)
    {
        if (form == 0x00) return new NodeId(Byte());
        if (form == 0x01)
        {
            var shortIndex = Byte();
            return new NodeId(UInt16(), shortIndex);
        }

        var index = UInt16();
        return form switch
        {
            0x02 => new NodeId(UInt32(), index),
            0x03 => new NodeId(String() ?? "", index),
            0x04 => new NodeId(Guid(), index),
            _ => new NodeId(ByteString() ?? [], index),
        };
    }
}

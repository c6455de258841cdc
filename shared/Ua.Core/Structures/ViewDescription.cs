namespace Ua.Core;

/// <summary>The view that is browsed; a null ViewId is the whole address space (Part 4, 7.45).</summary>
public sealed record ViewDescription(NodeId ViewId, DateTime Timestamp, uint ViewVersion) : IUaStructure<ViewDescription>
{
    public void Write(ref UaWriter w)
    {
        w.NodeId(ViewId);
        w.DateTime(Timestamp);
        w.UInt32(ViewVersion);
    }

    public static ViewDescription Read(ref UaReader r) => new(
        ViewId: r.NodeId(),
        Timestamp: r.DateTime(),
        ViewVersion: r.UInt32());
}

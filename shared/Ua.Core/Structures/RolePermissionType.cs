namespace Ua.Core;

/// <summary>What a role may do with a node (Part 3, 5.2.9).</summary>
public sealed record RolePermissionType(NodeId RoleId, PermissionType Permissions) : IUaEncodable<RolePermissionType>
{
    public static uint BinaryEncodingId => 128;

    public void Write(ref UaWriter w)
    {
        w.NodeId(RoleId);
        w.UInt32((uint)Permissions);
    }

    public static RolePermissionType Read(ref UaReader r) => new(
        RoleId: r.NodeId(),
        Permissions: (PermissionType)r.UInt32());
}

namespace Ua.Core;

/// <summary>The single permissions that a role can have on a node (Part 3, 8.55).</summary>
[Flags]
public enum PermissionType : uint
{
    None = 0,
    Browse = 1 << 0,
    ReadRolePermissions = 1 << 1,
    WriteAttribute = 1 << 2,
    WriteRolePermissions = 1 << 3,
    WriteHistorizing = 1 << 4,
    Read = 1 << 5,
    Write = 1 << 6,
    ReadHistory = 1 << 7,
    InsertHistory = 1 << 8,
    ModifyHistory = 1 << 9,
    DeleteHistory = 1 << 10,
    ReceiveEvents = 1 << 11,
    Call = 1 << 12,
    AddReference = 1 << 13,
    RemoveReference = 1 << 14,
    DeleteNode = 1 << 15,
    AddNode = 1 << 16,
}

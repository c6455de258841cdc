namespace Ua.Core;

/// <summary>What a channel or session must offer before a node may be accessed (Part 3, 5.2.11).</summary>
[Flags]
public enum AccessRestrictions : ushort
{
    None = 0,
    SigningRequired = 1 << 0,
    EncryptionRequired = 1 << 1,
    SessionRequired = 1 << 2,
    ApplyRestrictionsToBrowse = 1 << 3,
}

using Ua.Core;

namespace Ua.Gds;

/// <summary>The nodes of one default certificate group of the Directory and of its trust list, as ids in the GDS namespace (Part 12, 7.8.3).</summary>
public sealed record GroupIds(uint Group, uint TrustList, uint CertificateTypes, TrustListIds Methods)
{
    public static readonly GroupIds DefaultApplication = new(615, 616, 648, new(
        Size: 617, Writable: 618, UserWritable: 619, OpenCount: 620, Open: 622, Close: 625, Read: 627, Write: 630,
        GetPosition: 632, SetPosition: 635, LastUpdateTime: 637, OpenWithMasks: 638, CloseAndUpdate: 641, AddCertificate: 644, RemoveCertificate: 646));

    public static readonly GroupIds DefaultHttps = new(649, 650, 682, new(
        Size: 651, Writable: 652, UserWritable: 653, OpenCount: 654, Open: 656, Close: 659, Read: 661, Write: 664,
        GetPosition: 666, SetPosition: 669, LastUpdateTime: 671, OpenWithMasks: 672, CloseAndUpdate: 675, AddCertificate: 678, RemoveCertificate: 680));

    public static readonly GroupIds DefaultUserToken = new(683, 684, 716, new(
        Size: 685, Writable: 686, UserWritable: 687, OpenCount: 688, Open: 690, Close: 693, Read: 695, Write: 698,
        GetPosition: 700, SetPosition: 703, LastUpdateTime: 705, OpenWithMasks: 706, CloseAndUpdate: 709, AddCertificate: 712, RemoveCertificate: 714));

    public static IReadOnlyList<GroupIds> All { get; } = [DefaultApplication, DefaultHttps, DefaultUserToken];

    public NodeId GroupNode(ushort namespaceIndex) => new(Group, namespaceIndex);

    public NodeId TrustListNode(ushort namespaceIndex) => new(TrustList, namespaceIndex);
}

/// <summary>The variables and methods of a trust list (Part 12, 7.8.2).</summary>
public sealed record TrustListIds(
    uint Size,
    uint Writable,
    uint UserWritable,
    uint OpenCount,
    uint Open,
    uint Close,
    uint Read,
    uint Write,
    uint GetPosition,
    uint SetPosition,
    uint LastUpdateTime,
    uint OpenWithMasks,
    uint CloseAndUpdate,
    uint AddCertificate,
    uint RemoveCertificate);

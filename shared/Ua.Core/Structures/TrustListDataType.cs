namespace Ua.Core;

/// <summary>The parts of a trust list (Part 12, 7.8.2.9).</summary>
[Flags]
public enum TrustListMasks : uint
{
    None = 0,
    TrustedCertificates = 1,
    TrustedCrls = 2,
    IssuerCertificates = 4,
    IssuerCrls = 8,
    All = 15,
}

/// <summary>A trust list as the file of a TrustList object holds it: certificates and CRLs in DER (Part 12, 7.8.2.8).</summary>
public sealed record TrustListDataType(
    TrustListMasks SpecifiedLists,
    byte[]?[] TrustedCertificates,
    byte[]?[] TrustedCrls,
    byte[]?[] IssuerCertificates,
    byte[]?[] IssuerCrls) : IUaEncodable<TrustListDataType>
{
    public static uint BinaryEncodingId => 12680;

    public void Write(ref UaWriter w)
    {
        w.UInt32((uint)SpecifiedLists);
        w.ByteStringArray(TrustedCertificates);
        w.ByteStringArray(TrustedCrls);
        w.ByteStringArray(IssuerCertificates);
        w.ByteStringArray(IssuerCrls);
    }

    public static TrustListDataType Read(ref UaReader r) => new(
        SpecifiedLists: (TrustListMasks)r.UInt32(),
        TrustedCertificates: r.ByteStringArray(),
        TrustedCrls: r.ByteStringArray(),
        IssuerCertificates: r.ByteStringArray(),
        IssuerCrls: r.ByteStringArray());
}

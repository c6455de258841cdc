namespace Ua.Core;

/// <summary>A software certificate with its signature; reserved, always an empty array in practice (Part 4, 7.38).</summary>
public sealed record SignedSoftwareCertificate(byte[]? CertificateData, byte[]? Signature) : IUaEncodable<SignedSoftwareCertificate>
{
    public static uint BinaryEncodingId => 346;

    public void Write(ref UaWriter w)
    {
        w.ByteString(CertificateData);
        w.ByteString(Signature);
    }

    public static SignedSoftwareCertificate Read(ref UaReader r) => new(
        CertificateData: r.ByteString(),
        Signature: r.ByteString());
}

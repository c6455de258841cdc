namespace Ua.Core;

/// <summary>A user known by a certificate; its key signs the UserTokenSignature (Part 4, 7.41.5).</summary>
public sealed record X509IdentityToken(string? PolicyId, byte[]? CertificateData) : IUaEncodable<X509IdentityToken>
{
    public static uint BinaryEncodingId => 327;

    public void Write(ref UaWriter w)
    {
        w.String(PolicyId);
        w.ByteString(CertificateData);
    }

    public static X509IdentityToken Read(ref UaReader r) => new(
        PolicyId: r.String(),
        CertificateData: r.ByteString());
}

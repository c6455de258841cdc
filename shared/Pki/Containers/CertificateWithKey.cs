namespace Pki;

/// <summary>A certificate with its private key and the issuers above it, as files and containers carry them. Owns the key.</summary>
public sealed record CertificateWithKey(ApplicationCertificate Certificate, KeyPair Key, IReadOnlyList<ApplicationCertificate> Issuers) : IDisposable
{
    public void Dispose() => Key.Dispose();
}

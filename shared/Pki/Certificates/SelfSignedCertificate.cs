using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>The certificate an application gives itself at its first start (Part 6, 6.2.2).</summary>
public static class SelfSignedCertificate
{
    /// <summary>How far before now a certificate begins, for peers whose clock is behind.</summary>
    public static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    public static ApplicationCertificate Create(
        string applicationUri,
        X500DistinguishedName subject,
        IEnumerable<string> dnsNames,
        IEnumerable<IPAddress> ipAddresses,
        KeyPair keyPair,
        TimeSpan lifetime,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(keyPair);
        ArgumentNullException.ThrowIfNull(time);
        if (lifetime <= TimeSpan.Zero) throw new PkiException("The lifetime of a certificate must be positive.");
        var now = Asn1Time.WholeSeconds(time.GetUtcNow());
        var contents = new CertificateContents
        {
            SerialNumber = SerialNumbers.Create(),
            Issuer = subject,
            Subject = subject,
            NotBefore = now - Backdate,
            NotAfter = now + lifetime,
            PublicKey = keyPair.PublicKey,
            KeyUsages = CertificateUsages.ForApplication(keyPair.PublicKey) | X509KeyUsageFlags.KeyCertSign,
            ExtendedKeyUsages = [CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication],
            AlternativeNames = AlternativeNames.Create(applicationUri, dnsNames, ipAddresses),
            AuthorityKeyIdentifier = keyPair.PublicKey.KeyIdentifier,
        };
        return ApplicationCertificate.Parse(CertificateContents.Sign(contents.Encode(keyPair.SignatureAlgorithm), keyPair));
    }
}

using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>The key usages of OPC UA certificates (Part 6, 6.2.2): set by whoever issues, never copied from a request.</summary>
public static class CertificateUsages
{
    /// <summary>1.3.6.1.5.5.7.3.1, for servers.</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>1.3.6.1.5.5.7.3.2, for clients.</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public const X509KeyUsageFlags RsaApplication =
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    public const X509KeyUsageFlags EccApplication = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation;

    public const X509KeyUsageFlags Authority = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;

    public static X509KeyUsageFlags ForApplication(PublicKeyInfo key) => key.IsRsa ? RsaApplication : EccApplication;
}

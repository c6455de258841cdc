namespace Pki;

/// <summary>Object identifiers of RFC 5280, RFC 8017, RFC 5480 and RFC 5639 that are read or written here.</summary>
internal static class Oids
{
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string RsaPss = "1.2.840.113549.1.1.10";
    public const string Mgf1 = "1.2.840.113549.1.1.8";
    public const string EcPublicKey = "1.2.840.10045.2.1";

    public const string NistP256 = "1.2.840.10045.3.1.7";
    public const string NistP384 = "1.3.132.0.34";
    public const string BrainpoolP256r1 = "1.3.36.3.3.2.8.1.1.7";
    public const string BrainpoolP384r1 = "1.3.36.3.3.2.8.1.1.11";

    public const string Md5 = "1.2.840.113549.2.5";
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";

    public const string Sha1Rsa = "1.2.840.113549.1.1.5";
    public const string Sha256Rsa = "1.2.840.113549.1.1.11";
    public const string Sha384Rsa = "1.2.840.113549.1.1.12";
    public const string Sha512Rsa = "1.2.840.113549.1.1.13";
    public const string Sha1Ecdsa = "1.2.840.10045.4.1";
    public const string Sha256Ecdsa = "1.2.840.10045.4.3.2";
    public const string Sha384Ecdsa = "1.2.840.10045.4.3.3";
    public const string Sha512Ecdsa = "1.2.840.10045.4.3.4";

    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlNumber = "2.5.29.20";
    public const string CrlReason = "2.5.29.21";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";

    public const string ExtensionRequest = "1.2.840.113549.1.9.14";
    public const string MicrosoftExtensionRequest = "1.3.6.1.4.1.311.2.1.14";

    public const string CommonName = "2.5.4.3";
}

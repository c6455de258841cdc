using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Pki;

namespace Gds.Core.Tests;

/// <summary>Certificates of others: CAs that are not ours, and what they issued.</summary>
internal static class Foreign
{
    public static byte[] SelfSigned(string? uri, KeyPair? key = null, int days = 365, X509KeyUsageFlags usages = CertificateUsages.RsaApplication)
        => Build("CN=Self", key ?? Sample.Key, null, null, uri, false, days, usages).Der;

    public static ApplicationCertificate Authority(string name, KeyPair key, ApplicationCertificate? issuer = null, KeyPair? issuerKey = null)
        => Build($"CN={name}", key, issuer, issuerKey, null, true);

    public static ApplicationCertificate Leaf(string name, KeyPair key, ApplicationCertificate issuer, KeyPair issuerKey, int days = 365)
        => Build($"CN={name}", key, issuer, issuerKey, "urn:foreign:" + name, false, days);

    public static byte[] Crl(ApplicationCertificate issuer, KeyPair key, int days = 30, int number = 1, params ApplicationCertificate[] revoked)
        => CertificateRevocationList.Create(
            issuer, key, revoked.Select(r => new RevokedCertificate(r.SerialNumber, GdsFixture.Start.AddDays(-1))),
            new BigInteger(number), GdsFixture.Start.AddDays(-20), GdsFixture.Start.AddDays(days));

    private static ApplicationCertificate Build(
        string subject, KeyPair key, ApplicationCertificate? issuer, KeyPair? issuerKey, string? uri, bool authority, int days = 365,
        X509KeyUsageFlags usages = CertificateUsages.RsaApplication)
    {
        var name = SubjectName.Parse(subject);
        var contents = new CertificateContents
        {
            SerialNumber = SerialNumbers.Create(),
            Issuer = issuer?.Name ?? name,
            Subject = name,
            NotBefore = GdsFixture.Start.AddDays(-30),
            NotAfter = GdsFixture.Start.AddDays(days),
            PublicKey = key.PublicKey,
            KeyUsages = authority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : usages,
            BasicConstraints = new BasicConstraints(authority, null),
            AlternativeNames = uri is null ? AlternativeNames.None : AlternativeNames.Create(uri, ["h"], []),
            AuthorityKeyIdentifier = (issuer?.PublicKey ?? key.PublicKey).KeyIdentifier,
        };
        var signer = issuerKey ?? key;
        return ApplicationCertificate.Parse(CertificateContents.Sign(contents.Encode(signer.SignatureAlgorithm), signer));
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Pki;
using TestKit;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>A certificate authority of the tests.</summary>
internal sealed class TestAuthority
{
    private readonly KeyPair _key;
    private readonly List<RevokedCertificate> _revoked = [];
    private int _number;

    public TestAuthority(string name, int bits = 3072, TestAuthority? issuer = null)
    {
        _key = KeyPair.Import(TestKey.Of(bits, "a").Rsa.ExportPkcs8PrivateKey());
        var subject = SubjectName.Build(name);
        var now = TimeProvider.System.GetUtcNow();
        var contents = new CertificateContents
        {
            SerialNumber = SerialNumbers.Create(),
            Issuer = issuer?.Certificate.Name ?? subject,
            Subject = subject,
            NotBefore = now.AddDays(-1),
            NotAfter = now.AddDays(1000),
            PublicKey = _key.PublicKey,
            KeyUsages = CertificateUsages.Authority,
            BasicConstraints = new BasicConstraints(true, null),
            AuthorityKeyIdentifier = (issuer?._key ?? _key).PublicKey.KeyIdentifier,
        };
        Certificate = Sign(contents, issuer?._key ?? _key);
    }

    public ApplicationCertificate Certificate { get; }

    public byte[] Der => Certificate.Der;

    public byte[] Crl() => CertificateRevocationList.Create(
        Certificate, _key, _revoked, ++_number, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddDays(7));

    public ApplicationCertificate Issue(byte[] request, TimeSpan? from = null, TimeSpan? until = null)
    {
        var csr = SigningRequest.Parse(request);
        return Issue(csr.Name, csr.PublicKey, csr.ApplicationUri!, from, until);
    }

    public ApplicationCertificate Issue(string name, PublicKeyInfo key, string uri, TimeSpan? from = null, TimeSpan? until = null) => Issue(SubjectName.Build(name), key, uri, from, until);

    public void Revoke(ApplicationCertificate certificate) => _revoked.Add(new RevokedCertificate(certificate.SerialNumber, TimeProvider.System.GetUtcNow().AddMinutes(-1)));

    private ApplicationCertificate Issue(X500DistinguishedName subject, PublicKeyInfo key, string uri, TimeSpan? from, TimeSpan? until)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Sign(
            new CertificateContents
            {
                SerialNumber = SerialNumbers.Create(),
                Issuer = Certificate.Name,
                Subject = subject,
                NotBefore = now + (from ?? TimeSpan.FromHours(-1)),
                NotAfter = now + (until ?? TimeSpan.FromDays(300)),
                PublicKey = key,
                KeyUsages = CertificateUsages.ForApplication(key),
                ExtendedKeyUsages = [CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication],
                AlternativeNames = AlternativeNames.Create(uri, ["localhost"], [IPAddress.Loopback]),
                AuthorityKeyIdentifier = _key.PublicKey.KeyIdentifier,
            },
            _key);
    }

    private static ApplicationCertificate Sign(CertificateContents contents, KeyPair signer) =>
        ApplicationCertificate.Parse(CertificateContents.Sign(contents.Encode(signer.SignatureAlgorithm), signer));
}

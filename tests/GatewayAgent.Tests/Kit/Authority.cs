using System.Collections.Concurrent;
using System.Net;
using Pki;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Kit;

/// <summary>A certificate authority as the GDS has one, with everything that it says signed.</summary>
internal sealed class Authority
{
    private static readonly ConcurrentDictionary<int, KeyPair> s_keys = new();

    private readonly KeyPair _key;
    private readonly List<RevokedCertificate> _revoked = [];
    private readonly TimeProvider _time;
    private int _lists;

    public Authority(string name, int key, TimeProvider time)
    {
        _time = time;
        _key = Key(key);
        var subject = SubjectName.Build(name, organization: "Plant");
        Certificate = ApplicationCertificate.Parse(CertificateContents.Sign(
            new CertificateContents
            {
                SerialNumber = SerialNumbers.Create(),
                Issuer = subject,
                Subject = subject,
                NotBefore = Now.AddDays(-100),
                NotAfter = Now.AddYears(10),
                PublicKey = _key.PublicKey,
                KeyUsages = CertificateUsages.Authority,
                BasicConstraints = new BasicConstraints(IsCertificateAuthority: true, PathLength: 0),
                AuthorityKeyIdentifier = _key.PublicKey.KeyIdentifier,
            }.Encode(_key.SignatureAlgorithm),
            _key));
    }

    public ApplicationCertificate Certificate { get; }

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>RSA 2048, shared: making keys is what costs.</summary>
    public static KeyPair Key(int number) => s_keys.GetOrAdd(number, _ => KeyPair.Create(KeyPairKind.Rsa2048));

    public ApplicationCertificate Issue(string uri, KeyPair key, TimeSpan? from = null, TimeSpan? to = null, params string[] hosts) => Issue(uri, key.PublicKey, from, to, hosts);

    public ApplicationCertificate Issue(string uri, PublicKeyInfo key, TimeSpan? from = null, TimeSpan? to = null, params string[] hosts) => ApplicationCertificate.Parse(CertificateContents.Sign(
        new CertificateContents
        {
            SerialNumber = SerialNumbers.Create(),
            Issuer = Certificate.Name,
            Subject = SubjectName.Build("Gateway", organization: "Plant"),
            NotBefore = Now + (from ?? TimeSpan.FromDays(-1)),
            NotAfter = Now + (to ?? TimeSpan.FromDays(300)),
            PublicKey = key,
            KeyUsages = CertificateUsages.RsaApplication,
            ExtendedKeyUsages = [CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication],
            AlternativeNames = AlternativeNames.Create(uri, hosts.Where(h => !IPAddress.TryParse(h, out _)), hosts.Where(h => IPAddress.TryParse(h, out _)).Select(IPAddress.Parse)),
            AuthorityKeyIdentifier = Certificate.SubjectKeyIdentifier,
        }.Encode(_key.SignatureAlgorithm),
        _key));

    public IdentityCertificate Own(string uri, KeyPair key, params string[] hosts) => new(Issue(uri, key, null, null, hosts), key, [Certificate]);

    public void Revoke(ApplicationCertificate certificate) => _revoked.Add(new RevokedCertificate(certificate.SerialNumber, Now, RevocationReason.KeyCompromise));

    public CertificateRevocationList Crl(TimeSpan? age = null, TimeSpan? life = null)
    {
        var from = Now - (age ?? TimeSpan.FromMinutes(1));
        return CertificateRevocationList.Parse(CertificateRevocationList.Create(Certificate, _key, _revoked, ++_lists, from, from + (life ?? TimeSpan.FromDays(30))));
    }

    /// <summary>A trust list with this authority, as the GDS hands it out.</summary>
    public byte[] TrustList(params ApplicationCertificate[] trusted) => TrustList(Crl(), trusted);

    public byte[] TrustList(CertificateRevocationList? crl, params ApplicationCertificate[] trusted) => TrustListContent.Encode(new TrustListDataType(
        TrustListMasks.All, [Certificate.Der, .. trusted.Select(t => t.Der)], crl is null ? [] : [crl.Der], [Certificate.Der], crl is null ? [] : [crl.Der]));

    public static ApplicationCertificate SelfSigned(string uri, KeyPair key, TimeProvider time) =>
        SelfSignedCertificate.Create(uri, SubjectName.Build("Peer"), ["peer"], [], key, TimeSpan.FromDays(365), time);
}

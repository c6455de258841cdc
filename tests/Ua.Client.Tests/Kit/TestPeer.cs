using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Security.Certificates;

namespace Ua.Client.Tests.Kit;

/// <summary>An application with a certificate that it signed itself.</summary>
internal sealed class TestPeer
{
    private TestPeer(string name, string keyName)
    {
        Uri = $"urn:test:{name}";
        Key = KeyPair.Import(TestKey.Of(2048, keyName).Rsa.ExportPkcs8PrivateKey());
        Certificate = SelfSignedCertificate.Create(Uri, SubjectName.Build(name), ["localhost"], [IPAddress.Loopback], Key, TimeSpan.FromDays(365), TimeProvider.System);
    }

    public string Uri { get; }

    public KeyPair Key { get; }

    public ApplicationCertificate Certificate { get; }

    public byte[] Der => Certificate.Der;

    public static TestPeer Client(string name = "client") => new(name, "a");

    public static TestPeer Server(string name = "server") => new(name, "b");

    public ApplicationIdentity AsIdentity() => new(new IdentityCertificate(Certificate, Key, []));

    public static TrustLists Trusting(params TestPeer[] trusted) => new(trusted.Select(t => new TrustListCertificate(t.Certificate, "test")), [], [], []);

    public static CertificateValidator Validator(params TestPeer[] trusted) => Validator(new PublishedTrustLists(Trusting(trusted)));

    public static CertificateValidator Validator(ITrustListSource trust) =>
        new(trust, new CertificateValidationOptions(), TimeProvider.System, NullLogger<CertificateValidator>.Instance);
}

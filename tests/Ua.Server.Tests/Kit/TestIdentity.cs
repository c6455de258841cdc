using System.Net;
using Pki;
using TestKit;
using Ua.Security;
using Ua.Security.Certificates;

namespace Ua.Server.Tests.Kit;

/// <summary>An application or a user with a certificate that it signed itself.</summary>
internal sealed class TestIdentity
{
    public TestIdentity(string name, string keyName, TimeProvider time)
    {
        Uri = $"urn:test:{name}";
        Key = KeyPair.Import(TestKey.Of(2048, keyName).Rsa.ExportPkcs8PrivateKey());
        Certificate = SelfSignedCertificate.Create(
            Uri, SubjectName.Build(name), ["localhost"], [IPAddress.Loopback], Key, TimeSpan.FromDays(365), time);
    }

    public string Uri { get; }

    public KeyPair Key { get; }

    public ApplicationCertificate Certificate { get; }

    public byte[] Der => Certificate.Der;

    public ApplicationIdentity AsIdentity() => new(new IdentityCertificate(Certificate, Key, []));
}

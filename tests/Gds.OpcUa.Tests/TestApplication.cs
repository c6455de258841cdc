using System.Net;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Gds.OpcUa.Tests;

/// <summary>An application with a key: first a certificate that it signed itself, later one of the GDS.</summary>
internal sealed class TestApplication
{
    public TestApplication(string uri)
    {
        Uri = uri;
        Identity = new FixedApplicationIdentity(new ApplicationIdentity(new IdentityCertificate(SelfSigned(), Key, [])));
    }

    public string Uri { get; }

    public KeyPair Key { get; } = KeyPair.Create(KeyPairKind.Rsa2048);

    public FixedApplicationIdentity Identity { get; }

    public ApplicationCertificate Certificate => Identity.Current.Primary.Certificate;

    /// <summary>What a server of this name registers as.</summary>
    public Ua.Gds.ApplicationRecord Record => new(
        NodeId.Null, Uri, ApplicationType.Server, [new LocalizedText("en", "Test")], "urn:test:product", ["opc.tcp://plant.example:4840"], ["DA"]);

    public byte[] SigningRequest(string? uri = null, string host = "plant.example") =>
        Pki.SigningRequest.Create(SubjectName.Build("Test"), Key, uri ?? Uri, [host], []);

    /// <summary>Uses a certificate of the GDS from now on.</summary>
    public void Use(byte[] certificate) =>
        Identity.Replace(new ApplicationIdentity(new IdentityCertificate(ApplicationCertificate.Parse(certificate), Key, [])));

    private ApplicationCertificate SelfSigned() =>
        SelfSignedCertificate.Create(Uri, SubjectName.Build("Test"), ["localhost"], [IPAddress.Loopback], Key, TimeSpan.FromDays(30), TimeProvider.System);
}

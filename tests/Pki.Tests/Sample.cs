using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Pki.Tests;

/// <summary>The application that most tests speak of.</summary>
internal static class Sample
{
    public const string Uri = "urn:Host-7:Plant:Pump 1";

    public static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero));

    public static readonly IPAddress[] Addresses = [IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::7")];

    /// <summary>Shared, since making RSA keys is what costs in tests.</summary>
    public static KeyPair Rsa { get; } = KeyPair.Create(KeyPairKind.Rsa2048);

    public static KeyPair OtherRsa { get; } = KeyPair.Create(KeyPairKind.Rsa2048);

    public static ApplicationCertificate SelfSigned(KeyPair? key = null, string subject = "CN=Pump 1/O=Plant") => SelfSignedCertificate.Create(
        Uri, SubjectName.Parse(subject), ["host-7"], Addresses, key ?? Rsa, TimeSpan.FromDays(365), Time);

    public static byte[] Request(KeyPair? key = null) => SigningRequest.Create(SubjectName.Parse("CN=Pump 1/O=Plant"), key ?? Rsa, Uri, ["host-7"], Addresses);

    /// <summary>An authority certificate, made with the parts of this room.</summary>
    public static ApplicationCertificate Authority(KeyPair key, string subject = "CN=Plant CA")
    {
        var name = SubjectName.Parse(subject);
        var contents = new CertificateContents
        {
            SerialNumber = SerialNumbers.Create(),
            Issuer = name,
            Subject = name,
            NotBefore = Time.GetUtcNow().AddDays(-1),
            NotAfter = Time.GetUtcNow().AddYears(30),
            PublicKey = key.PublicKey,
            KeyUsages = CertificateUsages.Authority,
            BasicConstraints = new BasicConstraints(IsCertificateAuthority: true, PathLength: 0),
            AuthorityKeyIdentifier = key.PublicKey.KeyIdentifier,
        };
        return ApplicationCertificate.Parse(CertificateContents.Sign(contents.Encode(key.SignatureAlgorithm), key));
    }
}

using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>A certificate signing request (PKCS#10, RFC 2986): who wants a certificate for which key. One that parses has proved that it holds the private key.</summary>
public sealed class SigningRequest
{
    public const int LargestSize = 65_536;

    private readonly CertificateExtensions _extensions;

    private SigningRequest(byte[] der)
    {
        Der = der;
        var signed = SignedBytes.Read(der);
        var content = new AsnReader(signed.Content, AsnEncodingRules.DER).ReadSequence();
        if (!content.TryReadInt32(out var version) || version != 0) throw new PkiException("The signing request is not of version 1.");
        Name = SubjectName.Read(content.ReadEncodedValue());
        PublicKey = PublicKeyInfo.Parse(content.ReadEncodedValue().Span);
        SignatureAlgorithm = signed.Algorithm;
        _extensions = CertificateExtensions.Read(RequestAttributes.Read(content));
        Subject = SubjectName.Format(Name);
        if (signed.Algorithm.IsWeak) throw new PkiException($"The signing request is signed with {signed.Algorithm}; use SHA-256 or better.");
        if (!signed.IsSignedBy(PublicKey)) throw new PkiException("The signature of the signing request was not made by the key that it contains.");
    }

    public byte[] Der { get; }

    public X500DistinguishedName Name { get; }

    /// <summary>"CN=Pump 1, O=Plant"; empty where the request names no subject.</summary>
    public string Subject { get; }

    public PublicKeyInfo PublicKey { get; }

    public SignatureAlgorithm SignatureAlgorithm { get; }

    public AlternativeNames AlternativeNames => _extensions.AlternativeNames;

    /// <summary>The first URI of the requested SubjectAltName, or null.</summary>
    public string? ApplicationUri => AlternativeNames.Uris is [var first, ..] ? first : null;

    public IReadOnlyList<string> DnsNames => AlternativeNames.DnsNames;

    public IReadOnlyList<IPAddress> IpAddresses => AlternativeNames.IpAddresses;

    /// <summary>What the request asks for; whoever issues decides by itself.</summary>
    public X509KeyUsageFlags? RequestedKeyUsages => _extensions.KeyUsages;

    public IReadOnlyList<string>? RequestedExtendedKeyUsages => _extensions.ExtendedKeyUsages;

    public bool RequestsCertificateAuthority => _extensions.BasicConstraints is { IsCertificateAuthority: true };

    /// <summary>Object identifiers of all requested extensions.</summary>
    public IReadOnlyList<string> RequestedExtensions => _extensions.Present;

    /// <summary>Reads a request in DER (a PEM wrapper is tolerated) and verifies its signature.</summary>
    public static SigningRequest Parse(ReadOnlySpan<byte> request)
    {
        if (request.IsEmpty) throw new PkiException("The signing request is empty.");
        if (request.Length > LargestSize) throw new PkiException($"The signing request has {request.Length} bytes; at most {LargestSize} are read.");
        var bytes = request.ToArray();
        return Malformed.Guard("The signing request", () => new SigningRequest(
            PemBlock.Unwrap("The signing request", bytes, "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")));
    }

    /// <summary>Makes a request in DER as an OPC UA application does: subject, ApplicationUri, hosts, and the usages of the profile.</summary>
    public static byte[] Create(
        X500DistinguishedName subject,
        KeyPair keyPair,
        string applicationUri,
        IEnumerable<string> dnsNames,
        IEnumerable<IPAddress> ipAddresses)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(keyPair);
        var usages = new X509KeyUsageExtension(CertificateUsages.ForApplication(keyPair.PublicKey), critical: true);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteEncodedValue(subject.RawData);
            writer.WriteEncodedValue(keyPair.PublicKey.Der);
            RequestAttributes.Write(writer,
            [
                new Extension(Oids.KeyUsage, Critical: true, usages.RawData),
                AlternativeNames.Create(applicationUri, dnsNames, ipAddresses).ToExtension(),
            ]);
        }

        return SignedBytes.Write(writer.Encode(), keyPair);
    }
}

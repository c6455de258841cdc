using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>Everything that a certificate states, before it is signed (TBSCertificate, RFC 5280, 4.1.2).</summary>
public sealed record CertificateContents
{
    public required byte[] SerialNumber { get; init; }

    public required X500DistinguishedName Issuer { get; init; }

    public required X500DistinguishedName Subject { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required PublicKeyInfo PublicKey { get; init; }

    public required X509KeyUsageFlags KeyUsages { get; init; }

    public IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [];

    public BasicConstraints BasicConstraints { get; init; } = new(IsCertificateAuthority: false, PathLength: null);

    public AlternativeNames AlternativeNames { get; init; } = AlternativeNames.None;

    /// <summary>The issuer's SubjectKeyIdentifier; null leaves the extension out.</summary>
    public byte[]? AuthorityKeyIdentifier { get; init; }

    /// <summary>The bytes that are signed, for a signer that signs with this algorithm.</summary>
    public byte[] Encode(SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteInteger(2); // v3
            writer.WriteInteger(SerialNumber);
            algorithm.Write(writer);
            writer.WriteEncodedValue(Issuer.RawData);
            using (writer.PushSequence())
            {
                Asn1Time.Write(writer, NotBefore);
                Asn1Time.Write(writer, NotAfter);
            }

            writer.WriteEncodedValue(Subject.RawData);
            writer.WriteEncodedValue(PublicKey.Der);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3))) Extension.WriteAll(writer, Extensions());
        }

        return writer.Encode();
    }

    /// <summary>Signs bytes that <see cref="Encode"/> gave, unchanged.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> encoded, KeyPair signer) => SignedBytes.Write(encoded, signer);

    private IEnumerable<Extension> Extensions()
    {
        var constraints = new X509BasicConstraintsExtension(
            BasicConstraints.IsCertificateAuthority, BasicConstraints.PathLength.HasValue, BasicConstraints.PathLength ?? 0, critical: true);
        yield return new Extension(Oids.BasicConstraints, Critical: true, constraints.RawData);
        yield return new Extension(Oids.KeyUsage, Critical: true, new X509KeyUsageExtension(KeyUsages, critical: true).RawData);
        if (ExtendedKeyUsages.Count > 0) yield return new Extension(Oids.ExtendedKeyUsage, Critical: false, WriteOids(ExtendedKeyUsages));
        if (AlternativeNames != AlternativeNames.None) yield return AlternativeNames.ToExtension();
        yield return new Extension(Oids.SubjectKeyIdentifier, Critical: false, new X509SubjectKeyIdentifierExtension(PublicKey.KeyIdentifier, critical: false).RawData);
        if (AuthorityKeyIdentifier is { } issuerKey) yield return AuthorityKey(issuerKey);
    }

    internal static Extension AuthorityKey(byte[] issuerKey) => new(
        Oids.AuthorityKeyIdentifier,
        Critical: false,
        X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuerKey).RawData);

    private static byte[] WriteOids(IEnumerable<string> oids)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var oid in oids) writer.WriteObjectIdentifier(oid);
        }

        return writer.Encode();
    }
}

using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>The extensions that matter to OPC UA, read from a certificate or from the wishes of a request.</summary>
internal sealed record CertificateExtensions
{
    public X509KeyUsageFlags? KeyUsages { get; private init; }

    public IReadOnlyList<string>? ExtendedKeyUsages { get; private init; }

    public BasicConstraints? BasicConstraints { get; private init; }

    public byte[]? SubjectKeyIdentifier { get; private init; }

    public byte[]? AuthorityKeyIdentifier { get; private init; }

    public AlternativeNames AlternativeNames { get; private init; } = AlternativeNames.None;

    public IReadOnlyList<string> Present { get; private init; } = [];

    public IReadOnlyList<string> UnknownCritical { get; private init; } = [];

    public static CertificateExtensions Read(IReadOnlyList<Extension> all)
    {
        var result = new CertificateExtensions { Present = [.. all.Select(e => e.Oid)] };
        var unknown = new List<string>();
        foreach (var extension in all)
        {
            var value = new AsnReader(extension.Value, AsnEncodingRules.DER);
            switch (extension.Oid)
            {
                case Oids.KeyUsage: result = result with { KeyUsages = ReadKeyUsages(value) }; break;
                case Oids.ExtendedKeyUsage: result = result with { ExtendedKeyUsages = ReadOids(value) }; break;
                case Oids.BasicConstraints: result = result with { BasicConstraints = BasicConstraints.Read(value) }; break;
                case Oids.SubjectKeyIdentifier: result = result with { SubjectKeyIdentifier = value.ReadOctetString() }; break;
                case Oids.AuthorityKeyIdentifier: result = result with { AuthorityKeyIdentifier = ReadAuthorityKey(value) }; break;
                case Oids.SubjectAlternativeName: result = result with { AlternativeNames = AlternativeNames.Read(extension.Value) }; break;
                default:
                    if (extension.Critical) unknown.Add(extension.Oid);
                    break;
            }
        }

        return result with { UnknownCritical = unknown };
    }

    /// <summary>The keyIdentifier [0] of AuthorityKeyIdentifier; issuer name and serial are optional and not needed.</summary>
    public static byte[]? ReadAuthorityKey(AsnReader value)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
        var sequence = value.ReadSequence();
        return sequence.HasData && sequence.PeekTag().HasSameClassAndValue(tag) ? sequence.ReadOctetString(tag) : null;
    }

    private static X509KeyUsageFlags ReadKeyUsages(AsnReader value)
    {
        var bits = value.ReadBitString(out _);
        var flags = bits.Length > 0 ? (X509KeyUsageFlags)bits[0] : X509KeyUsageFlags.None;
        return bits.Length > 1 && (bits[1] & 0x80) != 0 ? flags | X509KeyUsageFlags.DecipherOnly : flags;
    }

    private static List<string> ReadOids(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var oids = new List<string>();
        while (sequence.HasData) oids.Add(sequence.ReadObjectIdentifier());
        return oids;
    }
}

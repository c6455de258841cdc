using System.Formats.Asn1;

namespace Pki;

/// <summary>Whether a certificate may issue others, and how deep (RFC 5280, 4.2.1.9).</summary>
public sealed record BasicConstraints(bool IsCertificateAuthority, int? PathLength)
{
    internal static BasicConstraints Read(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var authority = sequence.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && sequence.ReadBoolean();
        if (!sequence.HasData) return new BasicConstraints(authority, null);
        if (!sequence.TryReadInt32(out var length) || length < 0) throw new PkiException("BasicConstraints has a path length that is not a small positive number.");
        return new BasicConstraints(authority, length);
    }
}

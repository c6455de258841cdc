using System.Formats.Asn1;

namespace Pki;

/// <summary>Why a certificate was revoked (RFC 5280, 5.3.1).</summary>
public enum RevocationReason
{
    Unspecified = 0,
    KeyCompromise = 1,
    CertificateAuthorityCompromise = 2,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
    CertificateHold = 6,
    RemoveFromCrl = 8,
    PrivilegeWithdrawn = 9,
    AttributeAuthorityCompromise = 10,
}

/// <summary>One entry of a revocation list.</summary>
/// <param name="SerialNumber">Upper-case hex, as <see cref="ApplicationCertificate.SerialNumber"/>.</param>
public readonly record struct RevokedCertificate(string SerialNumber, DateTimeOffset RevokedAt, RevocationReason Reason = RevocationReason.Unspecified)
{
    private const byte UtcTimeTag = 0x17;

    /// <summary>Extensions that hold a reason and nothing else, up to the value of the reason.</summary>
    private static ReadOnlySpan<byte> OnlyReason => [0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01];

    internal void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(SerialNumbers.FromText(SerialNumber));
            Asn1Time.Write(writer, Asn1Time.WholeSeconds(RevokedAt));
            if (Reason == RevocationReason.Unspecified) return; // RFC 5280, 5.3.1: leave it out rather than say nothing
            using (writer.PushSequence()) new Extension(Oids.CrlReason, Critical: false, new byte[] { 0x0A, 0x01, (byte)Reason }).Write(writer);
        }
    }

    /// <summary>Reads the contents of one entry; written over spans, since lists have very many.</summary>
    internal static RevokedCertificate Read(ReadOnlyMemory<byte> contents, ISet<string> unknownCritical)
    {
        var rest = contents.Span;
        var serial = SerialNumbers.ToText(AsnDecoder.ReadIntegerBytes(rest, AsnEncodingRules.DER, out var read));
        rest = rest[read..];
        var date = !rest.IsEmpty && rest[0] == UtcTimeTag
            ? AsnDecoder.ReadUtcTime(rest, AsnEncodingRules.DER, out read)
            : AsnDecoder.ReadGeneralizedTime(rest, AsnEncodingRules.DER, out read);
        rest = rest[read..];
        if (rest.IsEmpty) return new RevokedCertificate(serial, date);
        var reason = rest.Length == OnlyReason.Length + 1 && rest.StartsWith(OnlyReason)
            ? (RevocationReason)rest[^1]
            : ReadReason(contents[^rest.Length..], unknownCritical);
        return new RevokedCertificate(serial, date, reason);
    }

    private static RevocationReason ReadReason(ReadOnlyMemory<byte> extensions, ISet<string> unknownCritical)
    {
        var reader = new AsnReader(extensions, AsnEncodingRules.DER);
        var reason = RevocationReason.Unspecified;
        foreach (var extension in Extension.ReadAll(reader))
        {
            if (extension.Oid == Oids.CrlReason) reason = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadEnumeratedValue<RevocationReason>();
            else if (extension.Critical) unknownCritical.Add(extension.Oid);
        }

        reader.ThrowIfNotEmpty();
        return reason;
    }
}

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

    internal static RevokedCertificate Read(AsnReader reader, ISet<string> unknownCritical)
    {
        var entry = reader.ReadSequence();
        var serial = SerialNumbers.ToText(entry.ReadIntegerBytes().Span);
        var date = Asn1Time.Read(entry);
        var reason = RevocationReason.Unspecified;
        if (entry.HasData)
        {
            foreach (var extension in Extension.ReadAll(entry))
            {
                if (extension.Oid == Oids.CrlReason) reason = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadEnumeratedValue<RevocationReason>();
                else if (extension.Critical) unknownCritical.Add(extension.Oid);
            }
        }

        return new RevokedCertificate(serial, date, reason);
    }
}

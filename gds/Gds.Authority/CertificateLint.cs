using Pki;

namespace Gds.Authority;

/// <summary>Reads back what was signed and compares it, field by field, with what was prepared: the last look before a certificate or list leaves.</summary>
internal static class CertificateLint
{
    public static void Check(ApplicationCertificate signed, PreparedCertificate prepared)
    {
        var wanted = prepared.Contents;
        Require(signed.Version == 3, "version");
        Require(signed.SerialNumber == prepared.SerialNumber, "serial number");
        Require(signed.IssuerName.RawData.AsSpan().SequenceEqual(prepared.Authority.Name.RawData), "issuer");
        Require(signed.Name.RawData.AsSpan().SequenceEqual(wanted.Subject.RawData), "subject");
        Require(signed.NotBefore == wanted.NotBefore && signed.NotAfter == wanted.NotAfter, "validity");
        Require(signed.NotBefore >= prepared.Authority.NotBefore && signed.NotAfter <= prepared.Authority.NotAfter, "validity within the authority's");
        Require(signed.PublicKey.Equals(wanted.PublicKey), "public key");
        Require(signed.KeyUsages == wanted.KeyUsages, "key usage");
        Require(signed.ExtendedKeyUsages is { } usages && usages.SequenceEqual(wanted.ExtendedKeyUsages), "extended key usage");
        Require(signed.BasicConstraints is { IsCertificateAuthority: false }, "basic constraints");
        Require(signed.AlternativeNames == wanted.AlternativeNames && signed.AlternativeNames.Uris.Count == 1, "subject alternative name");
        Require(SameBytes(signed.SubjectKeyIdentifier, wanted.PublicKey.KeyIdentifier), "subject key identifier");
        Require(SameBytes(signed.AuthorityKeyIdentifier, wanted.AuthorityKeyIdentifier), "authority key identifier");
        Require(signed.IsSignedBy(prepared.Authority), "signature");
    }

    public static void Check(CertificateRevocationList signed, ApplicationCertificate authority, IReadOnlyCollection<RevokedCertificate> entries)
    {
        Require(signed.IsFrom(authority), "issuer");
        Require(signed.IsSignedBy(authority), "signature");
        Require(signed.Entries.Count == entries.Count, "number of entries");
        Require(signed.NextUpdate is not null && signed.Number is not null, "next update and number");
    }

    private static bool SameBytes(byte[]? left, byte[]? right) => left is not null && right is not null && left.AsSpan().SequenceEqual(right);

    private static void Require(bool holds, string field)
    {
        if (!holds) throw new AuthorityException(AuthorityFault.Mismatch, $"What was signed differs from what was prepared: {field}.");
    }
}

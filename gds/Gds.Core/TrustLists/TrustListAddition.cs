using Gds.Core.State;
using Gds.Store;
using Pki;

namespace Gds.Core.TrustLists;

/// <summary>What an administrator adds to a list, checked: a certificate, and for a CA its CRL.</summary>
internal sealed record TrustListAddition(ApplicationCertificate Certificate, IReadOnlyList<ExtraEntry> Entries)
{
    private const int MostCrls = 4;

    /// <summary>Entries of the list that this one takes the place of: itself, and older CRLs of the same CA.</summary>
    public bool Replaces(ExtraEntry old) => Entries.Any(e => e.Part == old.Part
        && (e.Thumbprint == old.Thumbprint || (IsCrl(e.Part) && CertificateRevocationList.Parse(old.Der).IsFrom(Certificate))));

    public static TrustListAddition Check(GroupState group, ReadOnlySpan<byte> der, bool trusted, IReadOnlyList<byte[]> crls, DateTime now)
    {
        var certificate = Parse(der);
        if (!certificate.IsValidAt(now))
            throw new GdsProblem(ProblemKind.CertificateInvalid, $"Certificate '{certificate.Subject}' is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u} and not now.");
        if (group.Authorities.Any(a => a.Certificate.Equals(certificate)))
            throw GdsProblem.Invalid($"Certificate '{certificate.Subject}' is our own CA, which is on the list already.");
        var entries = new List<ExtraEntry> { Entry(trusted ? TrustListPart.TrustedCertificate : TrustListPart.IssuerCertificate, certificate) };
        if (certificate.IsCertificateAuthority) entries.AddRange(CheckCrls(certificate, trusted, crls, now));
        else CheckLeaf(group, certificate, trusted, crls);
        return new(certificate, entries);
    }

    private static void CheckLeaf(GroupState group, ApplicationCertificate certificate, bool trusted, IReadOnlyList<byte[]> crls)
    {
        if (!trusted)
            throw new GdsProblem(ProblemKind.CertificateInvalid, $"Certificate '{certificate.Subject}' is no CA; the issuer part holds CA certificates only.");
        if (crls.Count > 0) throw GdsProblem.Invalid($"Certificate '{certificate.Subject}' is no CA and has no CRL.");
        if (certificate.IsSelfSigned) return;
        var known = TrustListSnapshot.Of(group).Authorities.Any(a => a.Authority.IsIssuerOf(certificate) && certificate.IsSignedBy(a.Authority));
        if (!known)
            throw new GdsProblem(ProblemKind.CertificateChainIncomplete, $"The issuer '{certificate.Issuer}' of the certificate '{certificate.Subject}' is not on the list; add it first.");
    }

    private static IEnumerable<ExtraEntry> CheckCrls(ApplicationCertificate authority, bool trusted, IReadOnlyList<byte[]> crls, DateTime now)
    {
        if (crls.Count == 0)
            throw GdsProblem.Invalid($"Certificate '{authority.Subject}' is a CA; a CA goes on a list only with its current CRL, even an empty one.");
        if (crls.Count > MostCrls) throw GdsProblem.Invalid($"There are {crls.Count} CRLs; {MostCrls} is the limit.");
        foreach (var der in crls)
        {
            var crl = ParseCrl(der);
            if (!crl.IsFrom(authority) || !crl.IsSignedBy(authority))
                throw GdsProblem.Invalid($"The CRL of '{crl.Issuer}' was not signed by '{authority.Subject}'.");
            if (crl.UnknownCriticalExtensions.Count > 0)
                throw GdsProblem.Invalid($"The CRL of '{crl.Issuer}' is not a complete list (extension {crl.UnknownCriticalExtensions.First()}).");
            if (crl.NextUpdate is { } end && end.UtcDateTime <= now)
                throw GdsProblem.Invalid($"The CRL of '{crl.Issuer}' ended at {end:u}; get a current one.");
            yield return new ExtraEntry(
                trusted ? TrustListPart.TrustedCrl : TrustListPart.IssuerCrl, crl.Der, crl.Thumbprint, crl.Issuer,
                crl.NextUpdate?.UtcDateTime ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), "", now);
        }
    }

    private static ApplicationCertificate Parse(ReadOnlySpan<byte> der)
    {
        try
        {
            return ApplicationCertificate.Parse(der);
        }
        catch (PkiException e)
        {
            throw new GdsProblem(ProblemKind.CertificateInvalid, $"Certificate: {e.Message}", e);
        }
    }

    private static CertificateRevocationList ParseCrl(byte[] der)
    {
        try
        {
            return CertificateRevocationList.Parse(der);
        }
        catch (PkiException e)
        {
            throw new GdsProblem(ProblemKind.InvalidArgument, $"CRL: {e.Message}", e);
        }
    }

    private static bool IsCrl(TrustListPart part) => part is TrustListPart.TrustedCrl or TrustListPart.IssuerCrl;

    private static ExtraEntry Entry(TrustListPart part, ApplicationCertificate certificate)
        => new(part, certificate.Der, certificate.Thumbprint, certificate.Subject, certificate.NotAfter.UtcDateTime, "", default);
}

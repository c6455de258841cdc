using Pki;
using Ua.Core;

namespace Gds.Core.Push;

/// <summary>
/// What a push writes to the trust list of a target: first the new list together with what is there, so that channels go on
/// while the certificate changes, then the list as it is to be.
/// </summary>
internal sealed record TrustListPlan(TrustListDataType First, TrustListDataType Final)
{
    /// <param name="current">What the target has.</param>
    /// <param name="intended">What it is to have.</param>
    /// <param name="keepsOthers">What the target trusts beyond stays.</param>
    public static TrustListPlan Make(TrustListDataType current, TrustListDataType intended, bool keepsOthers)
    {
        var union = Union(current, intended);
        return new(union, keepsOthers ? union : intended);
    }

    /// <summary>Whether two lists hold the same, in whatever order.</summary>
    public static bool Same(TrustListDataType a, TrustListDataType b) =>
        SameSet(a.TrustedCertificates, b.TrustedCertificates) && SameSet(a.TrustedCrls, b.TrustedCrls)
        && SameSet(a.IssuerCertificates, b.IssuerCertificates) && SameSet(a.IssuerCrls, b.IssuerCrls);

    /// <summary>Entries of one that the other does not have.</summary>
    public static IReadOnlyList<byte[]> Missing(byte[]?[] there, byte[]?[] wanted)
    {
        var have = Keys(there);
        return [.. wanted.Where(w => w is not null && !have.Contains(Convert.ToBase64String(w))).Select(w => w!)];
    }

    private static TrustListDataType Union(TrustListDataType current, TrustListDataType intended)
    {
        ApplicationCertificate[] authorities = [.. Certificates(intended.TrustedCertificates), .. Certificates(intended.IssuerCertificates)];
        CertificateRevocationList[] crls = [.. Crls(intended.TrustedCrls), .. Crls(intended.IssuerCrls)];
        bool IsRevoked(byte[] der) => Parse(der) is not { } certificate || crls.Any(l => l.Find(certificate) is not null && authorities.Any(a => l.IsFrom(a) && certificate.IsSignedBy(a)));
        bool IsReplaced(byte[] der) => ParseCrl(der) is not { } crl || authorities.Any(crl.IsFrom);
        return new TrustListDataType(
            TrustListMasks.All,
            Join(intended.TrustedCertificates, current.TrustedCertificates, IsRevoked),
            Join(intended.TrustedCrls, current.TrustedCrls, IsReplaced),
            Join(intended.IssuerCertificates, current.IssuerCertificates, IsRevoked),
            Join(intended.IssuerCrls, current.IssuerCrls, IsReplaced));
    }

    private static byte[]?[] Join(byte[]?[] wanted, byte[]?[] there, Func<byte[], bool> isDropped) =>
        [.. wanted, .. Missing(wanted, there).Where(e => !isDropped(e))];

    private static bool SameSet(byte[]?[] a, byte[]?[] b) => Keys(a).SetEquals(Keys(b));

    private static HashSet<string> Keys(byte[]?[] entries) => [.. entries.Where(e => e is not null).Select(e => Convert.ToBase64String(e!))];

    private static IEnumerable<ApplicationCertificate> Certificates(byte[]?[] entries) => entries.Select(Parse).OfType<ApplicationCertificate>();

    private static IEnumerable<CertificateRevocationList> Crls(byte[]?[] entries) => entries.Select(ParseCrl).OfType<CertificateRevocationList>();

    // What cannot be read there is not worth keeping.
    private static ApplicationCertificate? Parse(byte[]? der)
    {
        try
        {
            return ApplicationCertificate.Parse(der);
        }
        catch (PkiException)
        {
            return null;
        }
    }

    private static CertificateRevocationList? ParseCrl(byte[]? der)
    {
        try
        {
            return CertificateRevocationList.Parse(der);
        }
        catch (PkiException)
        {
            return null;
        }
    }
}

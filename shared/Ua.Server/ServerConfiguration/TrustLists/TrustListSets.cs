using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>A trust list in its forms: as validators use it, as a change carries it, as the file has it.</summary>
internal static class TrustListSets
{
    public static TrustListSet ToSet(this TrustLists lists) => new(
        [.. lists.TrustedCertificates.Select(c => c.Certificate).Distinct()],
        [.. lists.TrustedCrls.Select(c => c.Crl).DistinctBy(c => c.Thumbprint)],
        [.. lists.IssuerCertificates.Select(c => c.Certificate).Distinct()],
        [.. lists.IssuerCrls.Select(c => c.Crl).DistinctBy(c => c.Thumbprint)]);

    public static TrustLists ToLists(this TrustListSet set, params IEnumerable<ApplicationCertificate> alsoTrusted)
    {
        const string Source = "the trust list";
        return new TrustLists(
            set.TrustedCertificates.Concat(alsoTrusted).Select(c => new TrustListCertificate(c, Source)),
            set.TrustedCrls.Select(c => new TrustListCrl(c, Source)),
            set.IssuerCertificates.Select(c => new TrustListCertificate(c, Source)),
            set.IssuerCrls.Select(c => new TrustListCrl(c, Source)));
    }

    /// <summary>The file with the lists of the mask; the others are absent.</summary>
    public static byte[] Encode(this TrustListSet set, TrustListMasks masks)
    {
        return TrustListContent.Encode(new TrustListDataType(
            masks,
            Part(TrustListMasks.TrustedCertificates, set.TrustedCertificates.Select(c => c.Der)),
            Part(TrustListMasks.TrustedCrls, set.TrustedCrls.Select(c => c.Der)),
            Part(TrustListMasks.IssuerCertificates, set.IssuerCertificates.Select(c => c.Der)),
            Part(TrustListMasks.IssuerCrls, set.IssuerCrls.Select(c => c.Der))));

        byte[]?[] Part(TrustListMasks mask, IEnumerable<byte[]> entries) => masks.HasFlag(mask) ? [.. entries] : [];
    }

    /// <summary>Bytes of the whole file.</summary>
    public static long Size(this TrustListSet set) =>
        sizeof(uint) + (4 * sizeof(int))
        + set.TrustedCertificates.Concat(set.IssuerCertificates).Sum(c => sizeof(int) + (long)c.Der.Length)
        + set.TrustedCrls.Concat(set.IssuerCrls).Sum(c => sizeof(int) + (long)c.Der.Length);

    public static IEnumerable<ApplicationCertificate> Certificates(this TrustListSet set) => set.TrustedCertificates.Concat(set.IssuerCertificates);

    public static IEnumerable<CertificateRevocationList> Crls(this TrustListSet set) => set.TrustedCrls.Concat(set.IssuerCrls);

    /// <summary>Without revocation lists whose authority is in neither list: they say nothing any more.</summary>
    public static TrustListSet WithoutStrayCrls(this TrustListSet set)
    {
        return set with { TrustedCrls = Kept(set.TrustedCrls), IssuerCrls = Kept(set.IssuerCrls) };

        IReadOnlyList<CertificateRevocationList> Kept(IReadOnlyList<CertificateRevocationList> crls) => [.. crls.Where(l => set.Certificates().Any(l.IsFrom))];
    }
}

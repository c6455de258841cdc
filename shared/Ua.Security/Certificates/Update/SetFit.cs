using Pki;

namespace Ua.Security.Certificates;

/// <summary>What of a set a layout can hold: products without issuers, with one directory for all revocation lists, or with none.</summary>
public static class SetFit
{
    /// <summary>The set as it is read back from a folder of this layout after it was written.</summary>
    public static TrustFolderSet FittedTo(this TrustFolderSet set, TrustFolderLayout layout)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(layout);
        var fitted = set with { IssuerCertificates = layout.Issuers is null ? [] : set.IssuerCertificates };
        IReadOnlyList<CertificateRevocationList> all = [.. set.Crls.DistinctBy(c => c.Thumbprint)];
        return (layout.Trusted.Crls, layout.Issuers?.Crls) switch
        {
            (null, null) => fitted with { TrustedCrls = [], IssuerCrls = [] },
            (null, _) => fitted with { TrustedCrls = [], IssuerCrls = all },
            (_, null) => fitted with { TrustedCrls = [.. all.Where(c => fitted.Certificates.Any(c.IsFrom))], IssuerCrls = [] },
            var (trusted, issuers) when trusted == issuers => fitted with { TrustedCrls = all, IssuerCrls = [] },
            _ => fitted,
        };
    }

    /// <summary>What of a set the layout cannot hold, in sentences; empty where it holds all.</summary>
    public static IReadOnlyList<string> Withheld(this TrustFolderSet set, TrustFolderLayout layout)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(layout);
        List<string> notes = [];
        var issuers = layout.Issuers is null ? set.IssuerCertificates.Except(set.TrustedCertificates).Count() : 0;
        if (issuers > 0) notes.Add($"The layout {layout.Name} knows no issuers apart from trusted certificates: {issuers} of them were not written, since in its folder they would be trusted.");
        if (layout.Trusted.Crls is null && layout.Issuers?.Crls is null && set.Crls.Any()) notes.Add($"The layout {layout.Name} has no place for revocation lists: a revocation reaches this product only by taking the certificate or its authority out of the trust list.");
        return notes;
    }
}

using System.Collections.Immutable;
using GatewayAgent.State;
using Pki;

namespace GatewayAgent.Folders;

/// <summary>
/// Joins what the GDS gives with what was decided on this machine: certificates that lie in the folder and did not come from
/// the GDS stay unless drift is removed, technicians' decisions stay, and what the GDS gave once and gives no longer goes.
/// </summary>
internal static class TrustMerge
{
    /// <param name="given">The list that counts now.</param>
    /// <param name="givenBefore">Lists that the GDS gave earlier, whose entries may still lie in the folder.</param>
    /// <param name="folder">What lies in the folder.</param>
    /// <param name="keepsDrift">What neither the GDS nor a technician put there stays.</param>
    public static TrustSet Join(TrustSet given, IReadOnlyList<TrustSet> givenBefore, TrustSet folder, IReadOnlyList<LocalDecision> decisions, bool keepsDrift = true)
    {
        var rejected = decisions.Where(d => d.Verdict == LocalVerdict.Rejected).Select(d => d.Sha256).ToHashSet(StringComparer.Ordinal);
        var trustedHere = decisions.Where(d => d.Verdict == LocalVerdict.Trusted).Select(d => ApplicationCertificate.Parse(d.Certificate));
        var known = givenBefore.Append(given).SelectMany(s => s.Certificates).Select(c => c.Sha256).ToHashSet(StringComparer.Ordinal);
        var knownCrls = givenBefore.Append(given).SelectMany(s => s.Crls).Select(c => c.Thumbprint).ToHashSet(StringComparer.Ordinal);

        var trusted = given.TrustedCertificates.Concat(Extra(folder.TrustedCertificates)).Concat(trustedHere).Where(c => !rejected.Contains(c.Sha256)).Distinct().ToImmutableArray();
        var issuers = given.IssuerCertificates.Concat(Extra(folder.IssuerCertificates)).Distinct().ToImmutableArray();
        var local = trusted.Concat(issuers).Where(c => c.IsCertificateAuthority).Except(given.Certificates).ToImmutableArray();
        return new TrustSet(
            trusted,
            TrustSet.Newest(given.TrustedCrls.Concat(ExtraCrls(folder.TrustedCrls))),
            issuers,
            TrustSet.Newest(given.IssuerCrls.Concat(ExtraCrls(folder.IssuerCrls))))
        { LocalAuthorities = local };

        IEnumerable<ApplicationCertificate> Extra(IEnumerable<ApplicationCertificate> part) => part.Where(c => keepsDrift && !known.Contains(c.Sha256));

        // Lists of authorities that are trusted here only stay with them. An authority that the GDS serves is the GDS's
        // business: an older copy of its list must not stand beside the current one.
        IEnumerable<CertificateRevocationList> ExtraCrls(IEnumerable<CertificateRevocationList> part) =>
            part.Where(c => !knownCrls.Contains(c.Thumbprint) && local.Any(a => c.IsFrom(a) && c.IsSignedBy(a)));
    }

    /// <summary>Certificates of the folder's trusted part that the GDS has never given: trusted here only.</summary>
    public static IReadOnlyList<ApplicationCertificate> LocalOnly(IReadOnlyList<TrustSet> given, TrustSet folder)
    {
        var known = given.SelectMany(s => s.Certificates).Select(c => c.Sha256).ToHashSet(StringComparer.Ordinal);
        return [.. folder.TrustedCertificates.Where(c => !known.Contains(c.Sha256))];
    }
}

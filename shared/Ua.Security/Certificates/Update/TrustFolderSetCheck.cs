using Pki;

namespace Ua.Security.Certificates;

/// <summary>What must hold before a set may touch the disk: a gateway that reads it must be able to work with it.</summary>
internal static class TrustFolderSetCheck
{
    /// <summary>The clock of whoever made the set may be ahead of ours by this much.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>One sentence per problem; empty where the set is sound.</summary>
    public static IReadOnlyList<string> Problems(TrustFolderSet set, DateTimeOffset now) =>
        [.. AuthorityProblems(set, now), .. ForeignLists(set), .. OwnProblems(set, now)];

    private static IEnumerable<string> AuthorityProblems(TrustFolderSet set, DateTimeOffset now)
    {
        foreach (var authority in set.Certificates.Where(c => c.IsCertificateAuthority).Except(set.LocalAuthorities))
        {
            var list = set.Crls.Where(c => c.IsFrom(authority) && c.IsSignedBy(authority)).MaxBy(c => c.ThisUpdate);
            if (list is null) yield return $"There is no revocation list signed by the authority {authority}.";
            else if (list.NextUpdate is { } next && next < now) yield return $"The revocation list of the authority {authority} expired on {ValidationContext.Date(next)}.";
            else if (list.ThisUpdate > now + ClockSkew) yield return $"The revocation list of the authority {authority} is not valid before {ValidationContext.Date(list.ThisUpdate)}.";
        }
    }

    private static IEnumerable<string> ForeignLists(TrustFolderSet set) =>
        from list in set.Crls
        let named = set.Certificates.Where(list.IsFrom).ToList()
        where named.Count == 0 || !named.Exists(list.IsSignedBy)
        select named.Count == 0
            ? $"The revocation list of '{list.Issuer}' belongs to no authority of the set."
            : $"The revocation list of '{list.Issuer}' has a wrong signature.";

    private static IEnumerable<string> OwnProblems(TrustFolderSet set, DateTimeOffset now)
    {
        if (set.Own is not { } own) yield break;
        var certificate = own.Certificate;
        if (!own.Key.Matches(certificate.PublicKey)) yield return $"The private key does not belong to the certificate {certificate}.";
        if (certificate.NotAfter < now) yield return $"The certificate {certificate} expired on {ValidationContext.Date(certificate.NotAfter)}.";
        if (certificate.NotBefore > now + ClockSkew) yield return $"The certificate {certificate} is not valid before {ValidationContext.Date(certificate.NotBefore)}.";
        if (certificate.ApplicationUri is null) yield return $"The certificate {certificate} carries no ApplicationUri.";

        var lists = new TrustLists(set.TrustedCertificates.Select(c => new TrustListCertificate(c, "the set")), [], set.IssuerCertificates.Select(c => new TrustListCertificate(c, "the set")), []);
        var chain = new ChainBuilder(lists, [certificate, .. own.Issuers]).Build()[0];
        if (chain.Problem is { } problem) yield return problem;
        foreach (var list in set.Crls.Where(c => chain.Links.Skip(1).Any(l => c.IsFrom(l.Certificate))))
        {
            if (list.Find(certificate) is { } entry && SubjectName.AreEqual(list.IssuerName, certificate.IssuerName)) yield return $"The certificate {certificate} was revoked on {ValidationContext.Date(entry.RevokedAt)}.";
        }
    }
}

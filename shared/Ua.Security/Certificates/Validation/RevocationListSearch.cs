using Pki;

namespace Ua.Security.Certificates;

/// <summary>The revocation list that speaks for an authority now, or why there is none.</summary>
/// <param name="List">The newest list signed by the authority, also when it is out of date; null where there is none.</param>
/// <param name="Problem">Null when the list is current.</param>
internal sealed record RevocationListSearch(TrustListCrl? List, string? Problem)
{
    public static RevocationListSearch For(ValidationContext context, ApplicationCertificate issuer)
    {
        var who = CandidateChain.Describe(issuer);
        var named = context.Lists.CrlsNaming(issuer.Subject).Where(c => SubjectName.AreEqual(c.Crl.IssuerName, issuer.Name)).ToList();
        if (named.Count == 0) return new(null, $"There is no revocation list of the authority {who} in the trusted or issuer part");

        var newest = named.Where(c => c.Crl.IsFrom(issuer)).OrderByDescending(c => c.Crl.ThisUpdate).ThenByDescending(c => c.Crl.Number).FirstOrDefault(c => Speaks(c.Crl, issuer));
        if (newest is null) return new(null, $"The revocation list in {named[0].Source} names the authority {who} but {WhyNot(named[0].Crl, issuer)}");

        var skew = context.Options.ClockSkew;
        if (newest.Crl.NextUpdate is { } next && next + skew < context.Now)
        {
            return new(newest, $"The revocation list of the authority {who} in {newest.Source} expired on {ValidationContext.Date(next)} (its nextUpdate; it is now {ValidationContext.Date(context.Now)})");
        }

        return newest.Crl.ThisUpdate - skew > context.Now
            ? new(newest, $"The revocation list of the authority {who} in {newest.Source} is not valid before {ValidationContext.Date(newest.Crl.ThisUpdate)}")
            : new(newest, null);
    }

    private static bool Speaks(CertificateRevocationList crl, ApplicationCertificate issuer) =>
        crl.UnknownCriticalExtensions.Count == 0 && crl.IsSignedBy(issuer);

    private static string WhyNot(CertificateRevocationList crl, ApplicationCertificate issuer)
    {
        if (!crl.IsFrom(issuer)) return "is of another key of the same name";
        return crl.UnknownCriticalExtensions.Count > 0
            ? $"has the critical extension {crl.UnknownCriticalExtensions.First()}, which is not understood"
            : "its signature is wrong";
    }
}

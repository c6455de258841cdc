using Pki;

namespace Ua.Security.Certificates;

/// <summary>The revocation list that speaks for an authority now, or why there is none.</summary>
/// <param name="List">The newest list signed by the authority, also when it is out of date; null where there is none.</param>
/// <param name="Problem">Null when the list is current.</param>
/// <param name="Cause">The problem in one word.</param>
/// <param name="Source">The file or list that is the problem; null where none is there.</param>
internal sealed record RevocationListSearch(TrustListCrl? List, string? Problem = null, Cause Cause = Cause.None, string? Source = null)
{
    public static RevocationListSearch For(ValidationContext context, ApplicationCertificate issuer)
    {
        var who = CandidateChain.Describe(issuer);
        var named = context.Lists.CrlsNaming(issuer.Subject).Where(c => SubjectName.AreEqual(c.Crl.IssuerName, issuer.Name)).ToList();
        if (named.Count == 0) return new(null, $"There is no revocation list of the authority {who} in the trusted or issuer part", Cause.RevocationListMissing);

        var newest = named.Where(c => c.Crl.IsFrom(issuer)).OrderByDescending(c => c.Crl.ThisUpdate).ThenByDescending(c => c.Crl.Number).FirstOrDefault(c => Speaks(c.Crl, issuer));
        if (newest is null)
        {
            var (cause, why) = WhyNot(named[0].Crl, issuer);
            return new(null, $"The revocation list in {named[0].Source} names the authority {who} but {why}", cause, named[0].Source);
        }

        var skew = context.Options.ClockSkew;
        if (newest.Crl.NextUpdate is { } next && next + skew < context.Now)
        {
            var text = $"The revocation list of the authority {who} in {newest.Source} expired on {ValidationContext.Date(next)} (its nextUpdate; it is now {ValidationContext.Date(context.Now)})";
            return new(newest, text, Cause.RevocationListExpired, newest.Source);
        }

        return newest.Crl.ThisUpdate - skew > context.Now
            ? new(newest, $"The revocation list of the authority {who} in {newest.Source} is not valid before {ValidationContext.Date(newest.Crl.ThisUpdate)}", Cause.RevocationListNotYetValid, newest.Source)
            : new(newest);
    }

    private static bool Speaks(CertificateRevocationList crl, ApplicationCertificate issuer) =>
        crl.UnknownCriticalExtensions.Count == 0 && crl.IsSignedBy(issuer);

    private static (Cause, string) WhyNot(CertificateRevocationList crl, ApplicationCertificate issuer)
    {
        if (!crl.IsFrom(issuer)) return (Cause.RevocationListOfOtherKey, "is of another key of the same name");
        return crl.UnknownCriticalExtensions.Count > 0
            ? (Cause.RevocationListNotUnderstood, $"has the critical extension {crl.UnknownCriticalExtensions.First()}, which is not understood")
            : (Cause.RevocationListSignatureWrong, "its signature is wrong");
    }
}

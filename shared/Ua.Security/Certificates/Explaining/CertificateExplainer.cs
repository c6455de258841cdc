using Microsoft.Extensions.Logging.Abstractions;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// Judges as <see cref="CertificateValidator"/> does and says what to do: the same steps, with the cause in one word, what lies
/// in the wrong place, and what will be wrong soon. Without any effect.
/// </summary>
public sealed class CertificateExplainer(CertificateValidationOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_soonForCertificates = TimeSpan.FromDays(14);
    private static readonly TimeSpan s_soonForLists = TimeSpan.FromDays(3);

    /// <param name="judge">Who judges, for people.</param>
    /// <param name="lists">What the judge trusts.</param>
    /// <param name="sightings">What lies beside and does not count.</param>
    public async Task<Judgement> ExplainAsync(string judge, TrustLists lists, CertificateCheck check, IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(sightings);
        var validator = new CertificateValidator(new PublishedTrustLists(lists), options, time, NullLogger<CertificateValidator>.Instance);
        var verdict = await validator.ExplainAsync(check, cancellationToken).ConfigureAwait(false);
        var steps = new StepReasons(sightings).Of(verdict);
        var context = new ValidationContext(check, options, lists, time.GetUtcNow());
        List<Reason> reasons = [.. steps, .. Nameless(check, verdict), .. EndsSoon(context, verdict), .. Others(lists, verdict)];
        var about = verdict.Leaf is { } leaf ? CandidateChain.Describe(leaf) : "what was given as a certificate";
        var blocking = reasons.Find(f => f.Weight == ReasonWeight.Blocks);
        return new Judgement(
            judge, about, check.Role, verdict.IsAccepted, verdict.StatusCode.ToString(), Cause.None, verdict.IsAccepted || blocking is null ? verdict.Text : blocking.Text,
            [.. verdict.Steps.Select(ExplainedStep.Of)], []).With(reasons);
    }

    /// <summary>Without a stated ApplicationUri there is nothing to compare, but an application without one is refused by every peer.</summary>
    private static IEnumerable<Reason> Nameless(CertificateCheck check, CertificateVerdict verdict)
    {
        if (verdict.Leaf is not { } leaf || check.Role == PeerRole.User) yield break;
        var uris = leaf.AlternativeNames.Uris;
        var source = verdict.Steps.FirstOrDefault(s => s.Step == ValidationStep.Trust)?.Source;
        if (uris.Count == 0 && check.ApplicationUri is null)
            yield return Reason.Blocks(Cause.ApplicationUriMissing, $"The certificate {CandidateChain.Describe(leaf)} carries no ApplicationUri; peers compare it with the one that the application states.", leaf, source);
        if (uris.Count > 1 && (check.ApplicationUri is null || check.ApplicationUri == leaf.ApplicationUri))
            yield return Reason.Warns(Cause.ApplicationUriAmbiguous, $"The certificate {CandidateChain.Describe(leaf)} carries {uris.Count} URIs ({string.Join(", ", uris.Take(5).Select(u => $"'{u}'"))}); products differ in which one they take for the ApplicationUri.", leaf, source);
    }

    private static IEnumerable<Reason> EndsSoon(ValidationContext context, CertificateVerdict verdict)
    {
        foreach (var certificate in verdict.Chain)
        {
            if (IsSoon(context.Now, certificate.NotBefore, certificate.NotAfter, s_soonForCertificates))
                yield return Reason.Warns(Cause.CertificateEndsSoon, $"The certificate {CandidateChain.Describe(certificate)} ends on {ValidationContext.Date(certificate.NotAfter)}.", certificate);
        }

        foreach (var authority in verdict.Chain.Skip(1))
        {
            if (RevocationListSearch.For(context, authority) is { Problem: null, List: { Crl.NextUpdate: { } next } list } && IsSoon(context.Now, list.Crl.ThisUpdate, next, s_soonForLists))
                yield return Reason.Warns(Cause.RevocationListEndsSoon, $"The revocation list of the authority {CandidateChain.Describe(authority)} in {list.Source} ends on {ValidationContext.Date(next)}.", authority, list.Source);
        }
    }

    /// <summary>A quarter of the life at most: short lives are no reason to warn all the time.</summary>
    private static bool IsSoon(DateTimeOffset now, DateTimeOffset from, DateTimeOffset to, TimeSpan soon)
    {
        var quarter = (to - from) / 4;
        return now <= to && to - now < (quarter < soon ? quarter : soon);
    }

    /// <summary>Other certificates of the same application in the trusted part.</summary>
    private static IEnumerable<Reason> Others(TrustLists lists, CertificateVerdict verdict)
    {
        if (verdict.Leaf is not { ApplicationUri: { } uri } leaf) yield break;
        foreach (var other in lists.TrustedCertificates.Where(c => c.Certificate.ApplicationUri == uri && !c.Certificate.Equals(leaf) && !c.Certificate.IsCertificateAuthority))
        {
            var text = $"The certificate {CandidateChain.Describe(other.Certificate)} in {other.Source} is for the same ApplicationUri '{uri}'";
            yield return other.Certificate.NotBefore < leaf.NotBefore
                ? Reason.Warns(Cause.OldCertificateInFolder, $"{text} and older (from {ValidationContext.Date(other.Certificate.NotBefore)}): whoever has its key can still come in.", other.Certificate, other.Source)
                : Reason.Warns(Cause.SeveralCertificatesForUri, $"{text} and not older (from {ValidationContext.Date(other.Certificate.NotBefore)}).", other.Certificate, other.Source);
        }
    }
}

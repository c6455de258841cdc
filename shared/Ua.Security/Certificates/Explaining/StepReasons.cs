using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// Turns failed steps into reasons: from the cause that the step knows to the one that a person can act on, by what lies
/// beside the lists.
/// </summary>
internal sealed class StepReasons(IReadOnlyList<Sighting> sightings)
{
    public IReadOnlyList<Reason> Of(CertificateVerdict verdict)
    {
        var failed = verdict.Steps.Where(s => s.Outcome is StepOutcome.Failed or StepOutcome.Suppressed).ToList();
        // Where the chain is not complete, trust is missing for the same reason.
        if (failed.Exists(s => s.Step == ValidationStep.BuildChain)) failed.RemoveAll(s => s.Step == ValidationStep.Trust);
        List<Reason> reasons = [.. failed.Select(s => Of(s, verdict))];
        if (failed.Exists(IsMissing))
            reasons.AddRange(sightings.Where(s => s.Place == SightingPlace.Unreadable && reasons.TrueForAll(f => f.Source != s.File)).Select(s => Reason.Warns(Cause.FileUnreadable, $"{s.Sentence} What is missed may be in it.", source: s.File)));
        return reasons;
    }

    private Reason Of(StepReport step, CertificateVerdict verdict)
    {
        var weight = step.Outcome == StepOutcome.Failed ? ReasonWeight.Blocks : ReasonWeight.Warns;
        if (IsMissing(step) && Find(step, verdict) is { } seen)
            return new(seen.Cause, weight, $"{step.Text} {seen.Sentence}", Advice.For(seen.Cause), (seen.Certificate ?? step.Certificate)?.Thumbprint, seen.File);
        return new(step.Cause, weight, step.Text, Advice.For(step.Cause), step.Certificate?.Thumbprint, step.Source);
    }

    private static bool IsMissing(StepReport step) => step.Cause is Cause.NotTrusted or Cause.IssuerMissing or Cause.RevocationListMissing;

    private Sighting? Find(StepReport step, CertificateVerdict verdict) => step.Cause switch
    {
        Cause.RevocationListMissing => First(s => IsListFor(s.Crl, Above(step.Certificate, verdict)), Above(step.Certificate, verdict)),
        Cause.IssuerMissing => First(s => IsIssuer(s.Certificate, verdict.Chain[^1]), verdict.Chain[^1]) ?? First(s => IsOf(s, verdict.Chain), verdict.Chain[0]),
        _ => First(s => verdict.Leaf!.Equals(s.Certificate), verdict.Leaf) ?? First(s => IsOf(s, verdict.Chain), verdict.Leaf),
    };

    /// <summary>The first that fits in the order of places; of the unreadable ones whose name says that it is the one.</summary>
    private Sighting? First(Func<Sighting, bool> fits, ApplicationCertificate? missed) => sightings
        .Where(s => s.Place == SightingPlace.Unreadable ? IsNamedAfter(s.File, missed) : fits(s))
        .OrderBy(s => s.Place)
        .FirstOrDefault();

    private static bool IsOf(Sighting sighting, IReadOnlyList<ApplicationCertificate> chain) => sighting.Certificate is { } certificate && chain.Contains(certificate);

    private static bool IsIssuer(ApplicationCertificate? candidate, ApplicationCertificate child) => candidate is not null && candidate.IsIssuerOf(child) && child.IsSignedBy(candidate);

    private static bool IsListFor(CertificateRevocationList? list, ApplicationCertificate? authority) => list is not null && authority is not null && list.IsFrom(authority) && list.IsSignedBy(authority);

    private static ApplicationCertificate? Above(ApplicationCertificate? certificate, CertificateVerdict verdict)
    {
        var index = verdict.Chain.ToList().FindIndex(c => c.Equals(certificate));
        return index >= 0 && index + 1 < verdict.Chain.Count ? verdict.Chain[index + 1] : null;
    }

    private static bool IsNamedAfter(string file, ApplicationCertificate? certificate)
    {
        if (certificate is null) return false;
        var name = Path.GetFileName(file);
        string?[] names = [certificate.Thumbprint, certificate.CommonName, SubjectName.CommonNameOf(certificate.IssuerName)];
        return names.Any(n => n is { Length: > 2 } && name.Contains(n, StringComparison.OrdinalIgnoreCase));
    }
}

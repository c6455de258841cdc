using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 11: no certificate of the chain is on the revocation list of its issuer.</summary>
internal sealed class RevocationStep : IChainStep
{
    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        for (var i = 0; i + 1 < chain.Links.Count; i++)
        {
            var certificate = chain.Links[i].Certificate;
            var who = $"The certificate {CandidateChain.Describe(certificate)}";
            if (RevocationListSearch.For(context, chain.Links[i + 1].Certificate).List is not { } list)
            {
                yield return StepReport.NotReached(ValidationStep.Revocation, $"{who} cannot be looked up: its issuer has no revocation list.");
                continue;
            }

            var (code, cause) = i == 0 ? (StatusCodes.BadCertificateRevoked, Cause.CertificateRevoked) : (StatusCodes.BadCertificateIssuerRevoked, Cause.IssuerRevoked);
            yield return list.Crl.Find(certificate) is { } entry
                ? StepReport.Fail(ValidationStep.Revocation, code, cause, $"{who} was revoked on {ValidationContext.Date(entry.RevokedAt)} ({entry.Reason}), says the revocation list in {list.Source}.", certificate, list.Source)
                : StepReport.Pass(ValidationStep.Revocation, $"{who} is not on the revocation list in {list.Source}.", certificate, list.Source);
        }

        if (chain.IsSelfSignedLeaf) yield return StepReport.Skip(ValidationStep.Revocation, "A certificate signed by itself cannot be revoked; it is removed from the trusted list instead.");
    }
}

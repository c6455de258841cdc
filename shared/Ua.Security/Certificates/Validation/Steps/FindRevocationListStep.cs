using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 10: every authority of the chain has a current revocation list.</summary>
internal sealed class FindRevocationListStep : IChainStep
{
    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        if (chain.IsSelfSignedLeaf)
        {
            yield return StepReport.Skip(ValidationStep.FindRevocationList, $"The certificate {CandidateChain.Describe(chain.Leaf)} is signed by itself and needs no revocation list.");
            yield break;
        }

        for (var i = 0; i + 1 < chain.Links.Count; i++)
        {
            var issuer = chain.Links[i + 1].Certificate;
            var search = RevocationListSearch.For(context, issuer);
            var code = i == 0 ? StatusCodes.BadCertificateRevocationUnknown : StatusCodes.BadCertificateIssuerRevocationUnknown;
            yield return search.Problem is null
                ? StepReport.Pass(ValidationStep.FindRevocationList, $"The revocation list of {CandidateChain.Describe(issuer)} in {search.List!.Source} is current{Until(search.List)}.", issuer, search.List.Source)
                : StepReport.Fail(ValidationStep.FindRevocationList, code, search.Cause, $"{search.Problem}, so nobody knows whether {CandidateChain.Describe(chain.Links[i].Certificate)} is revoked.", chain.Links[i].Certificate, search.Source, maySuppress: true);
        }

        if (!chain.IsComplete) yield return StepReport.NotReached(ValidationStep.FindRevocationList, "No further revocation list can be looked for: the chain is not complete.");
    }

    private static string Until(TrustListCrl list) => list.Crl.NextUpdate is { } next ? $" until {ValidationContext.Date(next)}" : "";
}

using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 5: the leaf itself or one authority above it stands in the trusted list.</summary>
internal sealed class TrustStep : IChainStep
{
    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        var trusted = chain.Links.FirstOrDefault(link => context.Lists.SourceOfTrust(link.Certificate) is not null);
        if (trusted is not null)
        {
            var source = context.Lists.SourceOfTrust(trusted.Certificate)!;
            yield return StepReport.Pass(ValidationStep.Trust, $"The certificate {CandidateChain.Describe(trusted.Certificate)} is in the trusted list ({source}).", trusted.Certificate, source);
            yield break;
        }

        var known = context.Lists.IssuerCertificates.FirstOrDefault(c => chain.Links.Any(link => link.Certificate.Equals(c.Certificate)));
        var isLeaf = known?.Certificate.Equals(chain.Leaf) == true;
        var cause = known is null ? Cause.NotTrusted : isLeaf ? Cause.OnlyInIssuers : Cause.AuthorityOnlyInIssuers;
        var where = isLeaf ? $" It lies in the issuer list ({known!.Source}), which serves to build chains only." : "";
        yield return StepReport.Fail(ValidationStep.Trust, StatusCodes.BadCertificateUntrusted, cause, Explain(chain) + where, chain.Leaf, known?.Source);
    }

    private static string Explain(CandidateChain chain)
    {
        var leaf = CandidateChain.Describe(chain.Leaf);
        if (chain.Links.Count == 1) return $"The certificate {leaf} is not in the trusted list{(chain.IsComplete ? "" : ", and its issuer is not known")}.";
        var issuers = string.Join(", ", chain.Links.Skip(1).Select(link => $"{CandidateChain.Describe(link.Certificate)} ({link.Source})"));
        return $"Neither the certificate {leaf} nor one of its issuers is in the trusted list. Its issuers are {issuers}; issuer lists and certificates sent by the peer serve to build the chain only.";
    }
}

using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 8: the ApplicationUri that the peer states is the one in its certificate.</summary>
internal sealed class ApplicationUriStep : IChainStep
{
    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        var expected = context.Check.ApplicationUri;
        var leaf = chain.Leaf;
        if (context.Check.Role == PeerRole.User || expected is null)
        {
            yield return StepReport.Skip(ValidationStep.ApplicationUri, "No ApplicationUri is compared: the peer has not stated one here.");
            yield break;
        }

        var who = CandidateChain.Describe(leaf);
        if (string.Equals(leaf.ApplicationUri, expected, StringComparison.Ordinal))
        {
            yield return StepReport.Pass(ValidationStep.ApplicationUri, $"The certificate {who} carries the ApplicationUri '{expected}'.", leaf);
            yield break;
        }

        var found = leaf.ApplicationUri is { } uri ? $"carries the ApplicationUri '{uri}'" : "carries no ApplicationUri";
        yield return StepReport.Fail(ValidationStep.ApplicationUri, StatusCodes.BadCertificateUriInvalid, $"The certificate {who} {found}, but the peer states '{expected}'.", leaf, maySuppress: true);
    }
}

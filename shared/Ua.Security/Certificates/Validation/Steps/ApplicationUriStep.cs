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

        var (found, cause) = leaf.AlternativeNames.Uris switch
        {
            [] => ("carries no ApplicationUri", Cause.ApplicationUriMissing),
            [var one] => ($"carries the ApplicationUri '{one}'", Cause.ApplicationUriWrong),
            var several => ($"carries {several.Count} URIs, of which the first, '{several[0]}', is its ApplicationUri", Cause.ApplicationUriAmbiguous),
        };
        yield return StepReport.Fail(ValidationStep.ApplicationUri, StatusCodes.BadCertificateUriInvalid, cause, $"The certificate {who} {found}, but the peer states '{expected}'.", leaf, chain.Links[0].Source, maySuppress: true);
    }
}

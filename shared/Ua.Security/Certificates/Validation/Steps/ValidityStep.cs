using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 6: every certificate of the chain is inside its validity period.</summary>
internal sealed class ValidityStep : IChainStep
{
    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        for (var i = 0; i < chain.Links.Count; i++)
        {
            var certificate = chain.Links[i].Certificate;
            var code = i == 0 ? StatusCodes.BadCertificateTimeInvalid : StatusCodes.BadCertificateIssuerTimeInvalid;
            var who = $"The {(i == 0 ? "" : "issuer ")}certificate {CandidateChain.Describe(certificate)}";
            yield return Problem(context, certificate, isLeaf: i == 0) is { } problem
                ? StepReport.Fail(ValidationStep.Validity, code, problem.Cause, $"{who} {problem.What}; it is now {ValidationContext.Date(context.Now)}.", certificate, chain.Links[i].Source, maySuppress: true)
                : StepReport.Pass(ValidationStep.Validity, $"{who} is valid until {ValidationContext.Date(certificate.NotAfter)}.", certificate, chain.Links[i].Source);
        }
    }

    private static StepFault? Problem(ValidationContext context, ApplicationCertificate certificate, bool isLeaf)
    {
        var skew = context.Options.ClockSkew;
        if (certificate.NotAfter + skew < context.Now) return new(isLeaf ? Cause.CertificateExpired : Cause.IssuerExpired, $"expired on {ValidationContext.Date(certificate.NotAfter)}");
        if (certificate.NotBefore - skew > context.Now) return new(isLeaf ? Cause.CertificateNotYetValid : Cause.IssuerNotYetValid, $"is not valid before {ValidationContext.Date(certificate.NotBefore)}");
        return null;
    }
}

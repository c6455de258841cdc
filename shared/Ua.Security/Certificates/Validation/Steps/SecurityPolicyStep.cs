using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 4: key sizes and hashes as the security policy demands. The signature of a root over itself proves nothing and is not looked at.</summary>
internal sealed class SecurityPolicyStep : IChainStep
{
    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        for (var i = 0; i < chain.Links.Count; i++)
        {
            var certificate = chain.Links[i].Certificate;
            var isRoot = i > 0 && chain.IsComplete && i == chain.Links.Count - 1;
            var problem = KeyProblem(context.KeyRule, certificate, isLeaf: i == 0) ?? (isRoot ? null : HashProblem(context.KeyRule, certificate));
            var who = CandidateChain.Describe(certificate);
            yield return problem is null
                ? StepReport.Pass(ValidationStep.SecurityPolicy, $"The certificate {who} has a key of {certificate.PublicKey} and is signed with {certificate.SignatureAlgorithm}, which {context.KeyRule.Name} allows.", certificate, chain.Links[i].Source)
                : StepReport.Fail(ValidationStep.SecurityPolicy, StatusCodes.BadCertificatePolicyCheckFailed, problem.Cause, $"The certificate {who} {problem.What}.", certificate, chain.Links[i].Source, maySuppress: true);
        }
    }

    private static StepFault? KeyProblem(CertificateKeyRule rule, ApplicationCertificate certificate, bool isLeaf)
    {
        var key = certificate.PublicKey;
        if (!isLeaf) return key.IsRsa && key.SizeInBits < Math.Max(rule.MinimumRsaBits, 1024) ? new(Cause.KeyTooShort, $"has an RSA key of {key.SizeInBits} bits; {rule.Name} demands at least {rule.MinimumRsaBits} of an authority") : null;
        if (rule.Allows(key)) return null;
        if (key.IsRsa && rule.MaximumRsaBits > 0) return new(key.SizeInBits < rule.MinimumRsaBits ? Cause.KeyTooShort : Cause.KeyTooLong, $"has an RSA key of {key.SizeInBits} bits; {rule.Name} allows {rule.MinimumRsaBits} to {rule.MaximumRsaBits}");
        return new(Cause.KeyKindNotAllowed, $"has a key of {key}, which {rule.Name} does not allow");
    }

    private static StepFault? HashProblem(CertificateKeyRule rule, ApplicationCertificate certificate)
    {
        var algorithm = certificate.SignatureAlgorithm;
        if (!algorithm.IsWeak || (rule.AllowsSha1 && algorithm.Scheme != SignatureScheme.Unknown)) return null;
        return new(Cause.HashTooWeak, $"is signed with {algorithm}, which {rule.Name} does not allow");
    }
}

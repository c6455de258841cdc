using System.Security.Cryptography.X509Certificates;
using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 9: the leaf may be used by an application, the issuers may issue (Part 6, 6.2.2; RFC 5280, 4.2.1).</summary>
internal sealed class UsageStep : IChainStep
{
    private const string AnyUsage = "2.5.29.37.0", KeyUsageOid = "2.5.29.15", ExtendedKeyUsageOid = "2.5.29.37";

    /// <summary>Critical extensions that restrict nothing which is decided here: issuerAltName, cRLDistributionPoints, certificatePolicies.</summary>
    private static readonly string[] HarmlessWhenCritical = ["2.5.29.18", "2.5.29.31", "2.5.29.32"];

    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        for (var i = 0; i < chain.Links.Count; i++)
        {
            var link = chain.Links[i];
            var certificate = link.Certificate;
            var problem = i == 0 ? LeafProblem(certificate, context.Check.Role) : IssuerProblem(chain, i);
            var code = i == 0 ? StatusCodes.BadCertificateUseNotAllowed : StatusCodes.BadCertificateIssuerUseNotAllowed;
            var who = CandidateChain.Describe(certificate);
            yield return problem is null
                ? StepReport.Pass(ValidationStep.Usage, $"The certificate {who} may be used {(i == 0 ? "by an application" : "to issue certificates")}.", certificate, link.Source)
                : StepReport.Fail(ValidationStep.Usage, code, problem.Cause, $"The certificate {who} {problem.What}.", certificate, link.Source, problem.MaySuppress);
        }
    }

    private static StepFault? LeafProblem(ApplicationCertificate leaf, PeerRole role)
    {
        if (UnknownCritical(leaf) is { } oid) return new(Cause.CriticalExtensionUnknown, $"has the critical extension {oid}, which is not understood", MaySuppress: false);
        if (leaf.IsCertificateAuthority && !leaf.IsSelfIssued) return new(Cause.AuthorityAsApplication, "is one of an authority and not of an application", MaySuppress: false);
        if (leaf.KeyUsages is not { } usages) return role == PeerRole.User ? null : new(Cause.KeyUsageMissing, "has no key usage");

        var required = role == PeerRole.User || !leaf.PublicKey.IsRsa
            ? X509KeyUsageFlags.DigitalSignature
            : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;
        var missing = required & ~usages;
        if (missing != 0) return new(Cause.KeyUsageMissing, $"lacks the key usage {missing}", !IsCritical(leaf, KeyUsageOid));
        if (role == PeerRole.User || leaf.ExtendedKeyUsages is not { } extended) return null;

        var allows = extended.Any(u => u is CertificateUsages.ClientAuthentication or CertificateUsages.ServerAuthentication or AnyUsage);
        return allows ? null : new(Cause.ExtendedKeyUsageWrong, "has an extended key usage with neither client nor server authentication", !IsCritical(leaf, ExtendedKeyUsageOid));
    }

    private static StepFault? IssuerProblem(CandidateChain chain, int index)
    {
        var issuer = chain.Links[index].Certificate;
        if (UnknownCritical(issuer) is { } oid) return new(Cause.CriticalExtensionUnknown, $"has the critical extension {oid}, which is not understood", MaySuppress: false);
        if (!issuer.IsCertificateAuthority) return new(Cause.IssuerIsNoAuthority, "has issued another certificate without being an authority (basicConstraints without CA)", MaySuppress: false);
        if (issuer.KeyUsages is { } usages && !usages.HasFlag(X509KeyUsageFlags.KeyCertSign)) return new(Cause.IssuerMayNotIssue, "lacks the key usage KeyCertSign of an authority", !IsCritical(issuer, KeyUsageOid));

        var below = chain.Links.Skip(1).Take(index - 1).Count(link => !link.Certificate.IsSelfIssued);
        return issuer.BasicConstraints?.PathLength is { } most && below > most
            ? new(Cause.IssuerMayNotIssue, $"allows {most} authorities below it, but the chain has {below}", MaySuppress: false)
            : null;
    }

    private static string? UnknownCritical(ApplicationCertificate certificate) =>
        certificate.UnknownCriticalExtensions.FirstOrDefault(oid => !HarmlessWhenCritical.Contains(oid));

    private static bool IsCritical(ApplicationCertificate certificate, string oid)
    {
        using var x509 = certificate.ToX509();
        return x509.Extensions.Any(e => e.Critical && e.Oid?.Value == oid);
    }
}

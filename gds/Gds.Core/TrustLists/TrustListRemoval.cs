using Gds.Core.State;
using Gds.Store;
using Pki;

namespace Gds.Core.TrustLists;

/// <summary>What goes when a certificate is taken off a list (Part 12, 7.8.2.6).</summary>
internal static class TrustListRemoval
{
    /// <summary>The entry itself first, then the CRLs of a CA; refused while another certificate still needs that CA.</summary>
    public static IReadOnlyList<ExtraEntry> Check(GroupState group, string thumbprint, bool trusted)
    {
        if (group.Authorities.Any(a => a.Certificate.Thumbprint == thumbprint))
            throw new GdsProblem(ProblemKind.RequestNotAllowed, $"Thumbprint {thumbprint} is our own CA, which stays on the list.");
        var (part, crlPart) = trusted
            ? (TrustListPart.TrustedCertificate, TrustListPart.TrustedCrl)
            : (TrustListPart.IssuerCertificate, TrustListPart.IssuerCrl);
        var entry = group.Extras.FirstOrDefault(e => e.Part == part && e.Thumbprint == thumbprint)
            ?? throw NotThere(group, thumbprint, trusted);
        var certificate = ApplicationCertificate.Parse(entry.Der);
        if (!certificate.IsCertificateAuthority) return [entry];
        if (!group.Extras.Any(e => e != entry && e.Thumbprint == thumbprint) && Needs(group, certificate) is { } other)
            throw new GdsProblem(ProblemKind.CertificateChainIncomplete, $"'{certificate.Subject}' is needed to validate '{other.Subject}', which is on the list too.");
        return [entry, .. group.Extras.Where(e => e.Part == crlPart && CertificateRevocationList.Parse(e.Der).IsFrom(certificate))];
    }

    private static GdsProblem NotThere(GroupState group, string thumbprint, bool trusted)
    {
        var (asked, other, otherPart) = trusted
            ? ("trusted", "issuer", TrustListPart.IssuerCertificate)
            : ("issuer", "trusted", TrustListPart.TrustedCertificate);
        var hint = group.Extras.Any(e => e.Part == otherPart && e.Thumbprint == thumbprint) ? $" It is in the {other} part." : "";
        return GdsProblem.Invalid($"Thumbprint {thumbprint} is not in the {asked} part of the list of {group.Name}.{hint}");
    }

    private static ApplicationCertificate? Needs(GroupState group, ApplicationCertificate authority) => group.Extras
        .Where(e => e.Part is TrustListPart.TrustedCertificate or TrustListPart.IssuerCertificate)
        .Select(e => ApplicationCertificate.Parse(e.Der))
        .FirstOrDefault(c => !c.Equals(authority) && authority.IsIssuerOf(c) && c.IsSignedBy(authority));
}

using Gds.Core.State;
using Gds.Core.TrustLists;
using Gds.Store;
using Microsoft.Extensions.Logging;
using Pki;

namespace Gds.Core.Agents;

/// <summary>A finding whose certificate could be read.</summary>
internal sealed record ReadFinding(FindingKind Kind, FindingPolicy Policy, ApplicationCertificate Certificate, DateTime SeenAt);

/// <summary>What a report of findings may hold.</summary>
internal static class FindingRules
{
    /// <summary>
    /// The findings, each certificate and kind once. What others report is refused whole where a part breaks a rule. The
    /// GDS's own reports are what a foreign server put into its rejected list: of these, what can be used is used.
    /// </summary>
    public static IReadOnlyList<ReadFinding> Read(Caller caller, string application, IReadOnlyList<Finding> findings, DateTime now, ILogger log)
    {
        var lenient = ReferenceEquals(caller, Caller.Gds);
        if (findings.Count > Finding.MostInReport && !lenient)
            throw GdsProblem.Invalid($"Findings has {findings.Count} entries; {Finding.MostInReport} is the limit.");
        var read = new Dictionary<(string, FindingKind), ReadFinding>();
        for (var i = 0; i < Math.Min(findings.Count, Finding.MostInReport); i++)
        {
            try
            {
                var finding = Read(findings[i], i, now);
                read[(finding.Certificate.Sha256, finding.Kind)] = finding;
            }
            catch (GdsProblem problem) when (lenient)
            {
                log.FindingUnreadable(application, problem.Message);
            }
        }

        return [.. read.Values];
    }

    /// <summary>Whether the GDS gave the certificate itself, so that it is no drift.</summary>
    public static bool IsKnown(GdsState state, Guid applicationId, ApplicationCertificate certificate)
        => state.Certificates.Find(certificate.Thumbprint) is not null
        || state.Groups.Values.Where(g => g.Members.Contains(applicationId)).Any(g => IsListed(g, certificate.Thumbprint));

    /// <summary>Whether a certificate is on the trust list of a group, in either part.</summary>
    public static bool IsListed(GroupState group, string thumbprint)
        => group.Authorities.Any(a => a.Certificate.Thumbprint == thumbprint)
        || group.Extras.Any(e => e.Part is TrustListPart.TrustedCertificate or TrustListPart.IssuerCertificate && e.Thumbprint == thumbprint);

    private static ReadFinding Read(Finding finding, int index, DateTime now)
    {
        if (!Enum.IsDefined(finding.Kind)) throw GdsProblem.Invalid($"Findings[{index}].Kind is {(int)finding.Kind}; it must be 0 or 1.");
        if (!Enum.IsDefined(finding.Policy)) throw GdsProblem.Invalid($"Findings[{index}].Policy is {(int)finding.Policy}; it must be 0 to 3.");
        if (finding.Certificate.Length is 0 or > Finding.LargestCertificate)
            throw GdsProblem.Invalid($"Findings[{index}].Certificate has {finding.Certificate.Length} bytes; it must be 1 to {Finding.LargestCertificate}.");
        if (finding.SeenAt is { Kind: not DateTimeKind.Utc } seen) throw GdsProblem.Invalid($"Findings[{index}].SeenAt is a {seen.Kind} time; it must be UTC.");
        try
        {
            // A clock of a gateway may be ahead; nothing was seen later than now.
            return new(finding.Kind, finding.Policy, CertificateChainBytes.Parse(finding.Certificate.Span)[0], finding.SeenAt is { } at && at < now ? at : now);
        }
        catch (PkiException e)
        {
            throw new GdsProblem(ProblemKind.InvalidArgument, $"Findings[{index}].Certificate: {e.Message}", e);
        }
    }
}

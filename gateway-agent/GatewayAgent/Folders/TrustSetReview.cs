using Pki;

namespace GatewayAgent.Folders;

/// <summary>Looks at a trust list before it may touch a disk: each authority in it has a list of its own that is signed by it and current.</summary>
internal static class TrustSetReview
{
    /// <exception cref="AgentProblem">Names the authority and what is wrong with its list.</exception>
    public static void Check(TrustSet set, DateTimeOffset now, TimeSpan clockSkew)
    {
        if (FindFault(set, now, clockSkew) is { } fault) throw new AgentProblem(ProblemKind.Refused, $"The trust list of the GDS was not taken: {fault}");
    }

    /// <returns>A sentence that names the authority and what is wrong with its list; null where all is well.</returns>
    public static string? FindFault(TrustSet set, DateTimeOffset now, TimeSpan clockSkew) =>
        set.Certificates.Where(c => c.IsCertificateAuthority).Distinct().Select(a => FaultOf(set, a, now, clockSkew)).FirstOrDefault(f => f is not null);

    private static string? FaultOf(TrustSet set, ApplicationCertificate authority, DateTimeOffset now, TimeSpan clockSkew)
    {
        var named = set.Crls.Where(c => c.IsFrom(authority)).ToList();
        if (named.Count == 0) return Bad(authority, "has no revocation list in it: every certificate of this authority would be refused with Bad_CertificateRevocationUnknown");
        var signed = named.Where(c => c.IsSignedBy(authority)).ToList();
        if (signed.Count == 0) return Bad(authority, "has a revocation list in it that the authority did not sign");
        if (signed.Exists(c => IsCurrent(c, now, clockSkew))) return null;
        var latest = signed.MaxBy(c => c.ThisUpdate)!;
        return latest.ThisUpdate > now + clockSkew
            ? Bad(authority, $"has a revocation list that begins at {latest.ThisUpdate:u}, and this machine's clock says {now:u}: compare the clocks")
            : Bad(authority, $"has a revocation list that ended at {latest.NextUpdate:u}, and this machine's clock says {now:u}: the GDS must issue a new one, or the clock is wrong");
    }

    private static bool IsCurrent(CertificateRevocationList list, DateTimeOffset now, TimeSpan clockSkew) =>
        list.ThisUpdate <= now + clockSkew && (list.NextUpdate is not { } next || next >= now - clockSkew) && list.UnknownCriticalExtensions.Count == 0;

    private static string Bad(ApplicationCertificate authority, string what) => $"the authority {authority} {what}.";
}

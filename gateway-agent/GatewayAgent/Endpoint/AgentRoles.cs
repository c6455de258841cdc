using GatewayAgent.Configuration;
using GatewayAgent.State;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Identity;

namespace GatewayAgent.Endpoint;

/// <summary>
/// SecurityAdmin for the GDS with which the agent is enrolled and for the applications that agent.json names. Trust alone does
/// not make an administrator: the certificate has to be issued by an authority, which answers for the ApplicationUri in it, or be
/// the one that the enrolment string named.
/// </summary>
internal sealed class AgentRoles : IRoleMapper
{
    private static readonly RuleRoleMapper Standard = new([]);

    private readonly PublishedTrustLists _gds = new();
    private Known _known = new([], null);

    /// <summary>The certificate by which the enrolment string named the GDS: it opens the endpoint, though no trust list need hold it.</summary>
    public ITrustListSource Gds => _gds;

    /// <summary>ApplicationUris.</summary>
    public IReadOnlyCollection<string> Administrators => Volatile.Read(ref _known).Administrators;

    /// <summary>Who counts from now on; true where somebody who did does so no more.</summary>
    public bool Know(AgentConfiguration configuration, EnrolmentState? enrolment)
    {
        var gds = enrolment is { IsComplete: true, GdsApplicationUri: { } uri } ? new[] { uri } : [];
        var next = new Known([.. gds.Concat(configuration.Endpoint?.Administrators ?? [])], enrolment?.PinnedCertificate);
        var before = Interlocked.Exchange(ref _known, next);
        _gds.Publish(enrolment is { IsComplete: true, PinnedCertificate: { } pinned } ? TrustOf(pinned) : TrustLists.Empty);
        return !before.Administrators.IsSubsetOf(next.Administrators);
    }

    public IReadOnlySet<NodeId> RolesOf(RoleApplicant applicant)
    {
        var roles = Standard.RolesOf(applicant);
        return IsAdministrator(applicant) ? new HashSet<NodeId>(roles) { WellKnownRoles.SecurityAdmin } : roles;
    }

    private bool IsAdministrator(RoleApplicant applicant)
    {
        var known = Volatile.Read(ref _known);
        if (applicant is not { ApplicationUri: { } uri, ApplicationCertificate: { Length: > 0 } sent } || !known.Administrators.Contains(uri)) return false;
        var certificate = CertificateChainBytes.Parse(sent)[0];
        return !certificate.IsSelfSigned || (known.Pinned is { } pinned && CertificateChainBytes.Parse(pinned)[0].Equals(certificate));
    }

    private static TrustLists TrustOf(byte[] chain)
    {
        const string source = "the enrolment string";
        var certificates = CertificateChainBytes.Parse(chain);
        return new TrustLists([new TrustListCertificate(certificates[0], source)], [], certificates.Skip(1).Select(c => new TrustListCertificate(c, source)), []);
    }

    private sealed record Known(HashSet<string> Administrators, byte[]? Pinned);
}

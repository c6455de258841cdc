using System.Security.Cryptography;
using Ua.Core;
using Ua.Security;
using Ua.Server.Nodes;

namespace Ua.Server.Identity;

/// <summary>Roles by rules; Anonymous, AuthenticatedUser and TrustedApplication are given as Part 18, 4.3 defines them.</summary>
public sealed class RuleRoleMapper(IReadOnlyList<RoleRule> rules) : IRoleMapper
{
    /// <summary>The roles that Part 18, 4.3 itself gives.</summary>
    internal static readonly RoleRule[] Standard =
    [
        new(WellKnownRoles.Anonymous, RoleCriterion.Anonymous),
        new(WellKnownRoles.Anonymous, RoleCriterion.AuthenticatedUser),
        new(WellKnownRoles.AuthenticatedUser, RoleCriterion.AuthenticatedUser),
        new(WellKnownRoles.TrustedApplication, RoleCriterion.TrustedApplication),
    ];

    public IReadOnlyList<RoleRule> Rules => rules;

    public IReadOnlySet<NodeId> RolesOf(RoleApplicant applicant)
    {
        ArgumentNullException.ThrowIfNull(applicant);
        var roles = new HashSet<NodeId>(applicant.GrantedRoles) { WellKnownRoles.Anonymous };
        if (applicant.User.Kind != UserIdentityKind.Anonymous) roles.Add(WellKnownRoles.AuthenticatedUser);
        if (applicant.ApplicationUri is not null) roles.Add(WellKnownRoles.TrustedApplication);

        // A rule may build on a role that another rule gives.
        while (rules.Any(rule => !roles.Contains(rule.Role) && Applies(rule, applicant, roles) && roles.Add(rule.Role)))
        {
        }

        return roles;
    }

    private static bool Applies(RoleRule rule, RoleApplicant applicant, HashSet<NodeId> roles)
    {
        if (rule.Applications.Count > 0 && (applicant.ApplicationUri is null || !rule.Applications.Contains(applicant.ApplicationUri))) return false;
        return rule.Criterion switch
        {
            RoleCriterion.UserName => applicant.User.Kind == UserIdentityKind.UserName && applicant.User.Name == rule.Criteria,
            RoleCriterion.Thumbprint => IsThumbprint(applicant.User.Certificate, rule.Criteria),
            RoleCriterion.Role => NodeId.TryParse(rule.Criteria, out var role) && roles.Contains(role),
            RoleCriterion.Anonymous => true,
            RoleCriterion.AuthenticatedUser => applicant.User.Kind != UserIdentityKind.Anonymous,
            RoleCriterion.Application => applicant.ApplicationUri is not null && applicant.ApplicationUri == rule.Criteria,
            RoleCriterion.TrustedApplication => applicant.ApplicationUri is not null,
            _ => false,
        };
    }

    private static bool IsThumbprint(byte[]? certificate, string thumbprint) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(CertificateBytes.Thumbprint(certificate))),
            System.Text.Encoding.ASCII.GetBytes(thumbprint.ToUpperInvariant()));
}

using Ua.Core;

namespace Ua.Server.Identity;

/// <summary>By what an identity is known (Part 18, 4.4.3: IdentityCriteriaType, as far as it is used here).</summary>
public enum RoleCriterion
{
    UserName = 1,
    Thumbprint = 2,
    Role = 3,
    Anonymous = 5,
    AuthenticatedUser = 6,
    Application = 7,
    TrustedApplication = 9,
}

/// <summary>Gives a role to identities (Part 18, 4.4).</summary>
/// <param name="Role">The role to give.</param>
/// <param name="Criterion">By what the identity is known.</param>
/// <param name="Criteria">User name, SHA-1 thumbprint in hex, NodeId of a role or ApplicationUri; empty for the others.</param>
public sealed record RoleRule(NodeId Role, RoleCriterion Criterion, string Criteria = "")
{
    /// <summary>The ApplicationUris to which the rule is limited; empty for all.</summary>
    public IReadOnlyList<string> Applications { get; init; } = [];
}

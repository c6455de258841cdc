using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Identity;

/// <summary>Gives a session its roles (Part 18, 4.2).</summary>
public interface IRoleMapper
{
    IReadOnlySet<NodeId> RolesOf(RoleApplicant applicant);
}

/// <summary>What is known of a session when its roles are decided.</summary>
/// <param name="User">The user, checked.</param>
/// <param name="GrantedRoles">The roles that the check of the user gave.</param>
/// <param name="ApplicationUri">The client application; null unless its certificate is trusted and the channel at least signed.</param>
/// <param name="SecurityMode">The mode of the channel.</param>
/// <param name="EndpointUrl">The URL by which the client came.</param>
public sealed record RoleApplicant(
    UserIdentity User,
    IReadOnlyList<NodeId> GrantedRoles,
    string? ApplicationUri,
    MessageSecurityMode SecurityMode,
    string EndpointUrl)
{
    /// <summary>The certificate of the client application as it was sent; null on policy None.</summary>
    public byte[]? ApplicationCertificate { get; init; }
}

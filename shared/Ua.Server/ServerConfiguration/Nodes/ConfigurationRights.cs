using Ua.Core;
using Ua.Server.Identity;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// Who may do what with a configuration object, as the standard nodes of ServerConfiguration say it, for nodes that say nothing
/// themselves: everyone sees what the application is; the rest is for SecurityAdmin on a channel that is at least signed.
/// </summary>
internal static class ConfigurationRights
{
    private const PermissionType OfObjects = (PermissionType)65423, OfVariables = (PermissionType)59391, OfMethods = (PermissionType)61455;

    private static readonly RolePermissionType[] s_openObject = Open(PermissionType.Browse, OfObjects);
    private static readonly RolePermissionType[] s_openVariable = Open(PermissionType.Browse | PermissionType.Read, OfVariables);
    private static readonly RolePermissionType[] s_object = [new(WellKnownRoles.SecurityAdmin, OfObjects)];
    private static readonly RolePermissionType[] s_variable = [new(WellKnownRoles.SecurityAdmin, OfVariables)];
    private static readonly RolePermissionType[] s_method = [new(WellKnownRoles.SecurityAdmin, OfMethods)];

    private static readonly QualifiedName s_certificateGroups = new("CertificateGroups");

    public static void Apply(Node configuration)
    {
        configuration.RolePermissions ??= s_openObject;
        foreach (var child in configuration.Children())
        {
            if (child is VariableNode) child.RolePermissions ??= s_openVariable;
            else if (child is MethodNode) Guard(child, RestrictionsOf(child.BrowseName.Name));
            else if (child.BrowseName == s_certificateGroups) ApplyToFolder(child);
            else Guard(child, AccessRestrictions.SigningRequired);
        }
    }

    private static void ApplyToFolder(Node folder)
    {
        folder.RolePermissions ??= s_openObject;
        foreach (var group in folder.Children()) Guard(group, AccessRestrictions.SigningRequired);
    }

    /// <summary>A group, trust list or method with all below it.</summary>
    public static void Guard(Node node, AccessRestrictions restrictions)
    {
        node.RolePermissions ??= node switch
        {
            VariableNode => s_variable,
            MethodNode => s_method,
            _ => s_object,
        };
        node.AccessRestrictions ??= restrictions;
        foreach (var child in node.Children()) Guard(child, restrictions);
    }

    private static AccessRestrictions RestrictionsOf(string? method) => method switch
    {
        "UpdateCertificate" or "CreateSigningRequest" => AccessRestrictions.SigningRequired | AccessRestrictions.EncryptionRequired,
        "ApplyChanges" or "CancelChanges" => AccessRestrictions.SigningRequired | AccessRestrictions.SessionRequired,
        _ => AccessRestrictions.SigningRequired,
    };

    private static RolePermissionType[] Open(PermissionType anyone, PermissionType admin) =>
        [new(WellKnownRoles.Anonymous, anyone), new(WellKnownRoles.ConfigureAdmin, admin), new(WellKnownRoles.SecurityAdmin, admin)];
}

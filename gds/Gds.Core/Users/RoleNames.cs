namespace Gds.Core.Users;

/// <summary>Roles as they are stored and written: by their names in Part 12.</summary>
public static class RoleNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        nameof(GdsRoles.DiscoveryAdmin), nameof(GdsRoles.CertificateAuthorityAdmin),
        nameof(GdsRoles.RegistrationAuthorityAdmin), nameof(GdsRoles.SecurityAdmin),
    ];

    /// <summary>The names of the roles that are set.</summary>
    public static IReadOnlyList<string> Of(GdsRoles roles) => [.. All.Where(n => roles.HasFlag(Enum.Parse<GdsRoles>(n)))];

    /// <summary>Reads names, whatever their case; an unknown one is an InvalidArgument.</summary>
    public static GdsRoles Parse(IEnumerable<string> names)
    {
        var roles = GdsRoles.None;
        foreach (var name in names)
        {
            var known = All.FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase))
                ?? throw GdsProblem.Invalid($"Roles: '{name}' is none of {string.Join(", ", All)}.");
            roles |= Enum.Parse<GdsRoles>(known);
        }
        return roles;
    }
}

using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>The attributes that a row of a node table gives, with the defaults for those that it does not.</summary>
internal struct TableAttributes()
{
    public string? DisplayName { get; set; }

    public bool IsAbstract { get; set; }

    public bool Symmetric { get; set; }

    public string? InverseName { get; set; }

    public AccessLevels AccessLevel { get; set; } = AccessLevels.CurrentRead;

    public bool Historizing { get; set; }

    public double MinimumSamplingInterval { get; set; }

    public byte EventNotifier { get; set; }

    public AccessRestrictions? AccessRestrictions { get; set; }

    public RolePermissionType[]? RolePermissions { get; set; }
}

using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>What never changes of a condition.</summary>
/// <param name="Id">The ConditionId.</param>
/// <param name="Type">A type of alarms that is not abstract.</param>
/// <param name="Name">Its browse name below the source, and its ConditionName.</param>
/// <param name="Source">The node that it is about, an object.</param>
/// <param name="SourceName">Its name.</param>
/// <param name="InputNode">The variable that the alarm looks at; null where there is none.</param>
public sealed record ConditionDefinition(NodeId Id, NodeId Type, string Name, NodeId Source, string SourceName, NodeId InputNode)
{
    /// <summary>Optional properties of the type that the condition has.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    public required ConditionRoles Roles { get; init; }
}

/// <summary>
/// Who may do what with a condition, besides seeing it, which is decided by the source. Part 3, 4.9.2 lets Operator, Engineer and
/// Supervisor call methods of live operation: they say that they have seen an alarm. Whether there is an alarm at all is a
/// setting, of what a certificate is about a security related one: that is SecurityAdmin's.
/// </summary>
public sealed record ConditionRoles
{
    /// <summary>Roles that may call Acknowledge and AddComment.</summary>
    public IReadOnlyList<NodeId> Acknowledging { get; init; } =
        [Identity.WellKnownRoles.Operator, Identity.WellKnownRoles.Engineer, Identity.WellKnownRoles.Supervisor, Identity.WellKnownRoles.SecurityAdmin];

    /// <summary>Roles that may call Enable and Disable.</summary>
    public IReadOnlyList<NodeId> Switching { get; init; } = [Identity.WellKnownRoles.SecurityAdmin];

    /// <summary>The same with one more role for everything, such as the administrator of a companion specification.</summary>
    public ConditionRoles And(NodeId role) => new() { Acknowledging = [.. Acknowledging, role], Switching = [.. Switching, role] };
}

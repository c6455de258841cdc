using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>How the alarms of a certificate group behave.</summary>
public sealed record CertificateGroupAlarmOptions
{
    /// <summary>How long before its end a certificate raises the alarm (Part 9, 5.8.24.7: two weeks unless told otherwise).</summary>
    public TimeSpan ExpirationLimit { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Changes within this time are looked at together; groups with many members change often.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.Zero;

    public ConditionRoles Roles { get; init; } = new();

    /// <summary>The trust list that the alarm names; the TrustList component of the group where null.</summary>
    public NodeId? TrustList { get; init; }
}

using Ua.Core;

namespace Ua.Server.Identity;

/// <summary>What came of a check of a user. Roles come on top of those that the role mapping gives.</summary>
public sealed record UserVerdict
{
    private UserVerdict(bool isAccepted, string reason, IReadOnlyList<NodeId> roles)
    {
        IsAccepted = isAccepted;
        Reason = reason;
        Roles = roles;
    }

    public bool IsAccepted { get; }

    /// <summary>Why the user was refused, for log and audit; never sent to the client.</summary>
    public string Reason { get; }

    public IReadOnlyList<NodeId> Roles { get; }

    public static UserVerdict Accepted(params IReadOnlyList<NodeId> roles) => new(true, "", roles);

    public static UserVerdict Refused(string reason) => new(false, reason, []);
}

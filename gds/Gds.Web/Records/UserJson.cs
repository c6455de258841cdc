using Gds.Core.Users;

namespace Gds.Web.Records;

/// <summary>A user as lists show it.</summary>
public sealed record UserJson(
    string Name, IReadOnlyList<string> Roles, bool Disabled, int FailedLogins, DateTime? LastLoginAt, DateTime PasswordChangedAt, string CreatedBy, DateTime CreatedAt)
{
    internal static UserJson Of(UserView v) => new(
        v.Name, RoleNames.Of(v.Roles), v.Disabled, v.FailedLogins, v.LastLoginAt, v.PasswordChangedAt, v.CreatedBy, v.CreatedAt);
}

/// <summary>A new user.</summary>
public sealed record NewUserJson(string Name, string Password, IReadOnlyList<string> Roles);

public sealed record PasswordJson(string Password);

/// <summary>What of a user is to change; null leaves it.</summary>
public sealed record UserChangeJson(IReadOnlyList<string>? Roles, bool? Disabled);

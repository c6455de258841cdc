using Gds.Core.Tokens;

namespace Gds.Web.Records;

/// <summary>What a new token is to allow. A pattern is an ApplicationUri, or one with <c>*</c> for any run of characters.</summary>
public sealed record TokenOrderJson(IReadOnlyList<string>? Applications, int Uses, TimeSpan Lifetime, string? Note);

/// <summary>A new token; the text is shown this once.</summary>
public sealed record CreatedTokenJson(string Token, Guid Id, DateTime Expires);

/// <summary>A token as lists show it.</summary>
public sealed record TokenJson(
    Guid Id,
    IReadOnlyList<string> Applications,
    int MaxUses,
    IReadOnlyList<TokenUseJson> Uses,
    DateTime Expires,
    string? Note,
    string CreatedBy,
    DateTime CreatedAt,
    DateTime? RevokedAt,
    string? RevokedBy)
{
    internal static TokenJson Of(TokenView v) => new(
        v.Id, [.. v.Patterns.Select(TokenPattern.ToGlob)], v.MaxUses, [.. v.Uses.Select(u => new TokenUseJson(u.ClientUri, u.ClientThumbprint, u.UsedAt))],
        v.ExpiresAt, v.Note, v.CreatedBy, v.CreatedAt, v.RevokedAt, v.RevokedBy);
}

public sealed record TokenUseJson(string ApplicationUri, string Thumbprint, DateTime At);

namespace Ua.Server.Nodes;

/// <summary>What kind of token identified the user (Part 4, 7.43).</summary>
public enum UserIdentityKind
{
    Anonymous = 0,
    UserName = 1,
    Certificate = 2,
    IssuedToken = 3,
}

/// <summary>The user of a session, after the token was checked. Name is empty for Anonymous.</summary>
public sealed record UserIdentity(UserIdentityKind Kind, string Name, byte[]? Certificate = null)
{
    public static readonly UserIdentity Anonymous = new(UserIdentityKind.Anonymous, "");
}

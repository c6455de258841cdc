namespace Ua.Core;

/// <summary>The kinds of user identity tokens (Part 4, 7.42).</summary>
public enum UserTokenType
{
    Anonymous = 0,
    UserName = 1,
    Certificate = 2,
    IssuedToken = 3,
}

/// <summary>A kind of user identity that an endpoint accepts. An empty SecurityPolicyUri means the policy of the channel (Part 4, 7.42).</summary>
public sealed record UserTokenPolicy(
    string? PolicyId,
    UserTokenType TokenType,
    string? IssuedTokenType = null,
    string? IssuerEndpointUrl = null,
    string? SecurityPolicyUri = null) : IUaEncodable<UserTokenPolicy>
{
    public static uint BinaryEncodingId => 306;

    public void Write(ref UaWriter w)
    {
        w.String(PolicyId);
        w.Enum(TokenType);
        w.String(IssuedTokenType);
        w.String(IssuerEndpointUrl);
        w.String(SecurityPolicyUri);
    }

    public static UserTokenPolicy Read(ref UaReader r) => new(
        PolicyId: r.String(),
        TokenType: r.Enum<UserTokenType>(),
        IssuedTokenType: r.String(),
        IssuerEndpointUrl: r.String(),
        SecurityPolicyUri: r.String());
}

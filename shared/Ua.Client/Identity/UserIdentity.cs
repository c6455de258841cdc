using Ua.Core;
using Ua.Security;

namespace Ua.Client;

/// <summary>The user that a session acts for (Part 4, 7.41).</summary>
public abstract class UserIdentity
{
    private protected UserIdentity()
    {
    }

    public static UserIdentity Anonymous { get; } = new AnonymousUser();

    internal abstract UserTokenType TokenType { get; }

    public static UserIdentity Named(string userName, string password, PasswordFormat format = PasswordFormat.Legacy) => new NamedUser(userName, password, format);

    /// <param name="certificate">DER of the user's certificate with its key, which stays the caller's.</param>
    public static UserIdentity WithCertificate(OwnCertificate certificate) => new CertificateUser(certificate);

    /// <param name="token">Such as a JWT in UTF-8.</param>
    /// <param name="issuedTokenType">URI of the kind of token; null takes the first policy for issued tokens.</param>
    public static UserIdentity WithIssuedToken(byte[] token, string? issuedTokenType = null) => new IssuedUser(token, issuedTokenType);

    /// <summary>The token and the signature that goes with it.</summary>
    internal abstract UserProof Prove(UserTokenPolicy policy, UserProofContext context);

    /// <summary>The policy of an endpoint that this identity can use, the one with the strongest security first; null where there is none.</summary>
    internal UserTokenPolicy? FindPolicy(EndpointDescription endpoint) => endpoint.UserIdentityTokens
        .Where(p => p.TokenType == TokenType && Fits(p) && IsSafe(endpoint, p))
        .OrderByDescending(p => EndpointChoice.Strength(PolicyUri(endpoint, p)))
        .FirstOrDefault();

    /// <summary>The security policy that protects the token: its own, else that of the channel (Part 4, 7.42).</summary>
    internal static string? PolicyUri(EndpointDescription endpoint, UserTokenPolicy policy) =>
        string.IsNullOrEmpty(policy.SecurityPolicyUri) ? endpoint.SecurityPolicyUri : policy.SecurityPolicyUri;

    /// <summary>A secret or signature is made for the server's certificate, so that it has to be trusted even on a channel without security.</summary>
    internal bool NeedsServerCertificate(EndpointDescription endpoint) =>
        TokenType != UserTokenType.Anonymous && FindPolicy(endpoint) is { } policy && SecurityPolicies.ByUri(PolicyUri(endpoint, policy)) is { IsNone: false };

    private protected virtual bool Fits(UserTokenPolicy policy) => true;

    /// <summary>A secret must not be readable on the way: by its own policy or by an encrypted channel.</summary>
    private protected virtual bool IsSafe(EndpointDescription endpoint, UserTokenPolicy policy) => true;

    private protected static bool IsEncrypted(EndpointDescription endpoint, UserTokenPolicy policy) =>
        SecurityPolicies.ByUri(PolicyUri(endpoint, policy)) is { } found && (!found.IsNone || endpoint.SecurityMode == MessageSecurityMode.SignAndEncrypt);
}

/// <summary>How a password travels (Part 4, 7.41.2).</summary>
public enum PasswordFormat
{
    /// <summary>Understood by every server.</summary>
    Legacy,

    /// <summary>RsaEncryptedSecret: hides the length better and is signed.</summary>
    EncryptedSecret,
}

/// <summary>A user identity token with its signature.</summary>
internal sealed record UserProof(ExtensionObject Token, SignatureData Signature)
{
    public static readonly SignatureData NoSignature = new(null, null);
}

/// <summary>What a proof is made for: the server's certificate and its last nonce.</summary>
internal sealed record UserProofContext(ISecurityPolicy Policy, byte[]? ServerCertificate, byte[]? ServerNonce, DateTime Now);

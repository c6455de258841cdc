using Ua.Core;

namespace Ua.Client;

/// <summary>A token that an authorization service issued, encrypted for the server's certificate.</summary>
internal sealed class IssuedUser(byte[] token, string? issuedTokenType) : UserIdentity
{
    internal override UserTokenType TokenType => UserTokenType.IssuedToken;

    internal override UserProof Prove(UserTokenPolicy policy, UserProofContext context)
    {
        var (value, algorithm) = SecretForServer.Encrypt(token, PasswordFormat.Legacy, context);
        return new(ExtensionObject.Of(new IssuedIdentityToken(policy.PolicyId, value, algorithm)), UserProof.NoSignature);
    }

    private protected override bool Fits(UserTokenPolicy policy) => issuedTokenType is null || policy.IssuedTokenType == issuedTokenType;

    private protected override bool IsSafe(EndpointDescription endpoint, UserTokenPolicy policy) => IsEncrypted(endpoint, policy);
}

using Ua.Core;

namespace Ua.Client;

/// <summary>No user.</summary>
internal sealed class AnonymousUser : UserIdentity
{
    internal override UserTokenType TokenType => UserTokenType.Anonymous;

    internal override UserProof Prove(UserTokenPolicy policy, UserProofContext context) =>
        new(ExtensionObject.Of(new AnonymousIdentityToken(policy.PolicyId)), UserProof.NoSignature);
}

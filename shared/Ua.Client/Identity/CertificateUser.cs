using Ua.Core;
using Ua.Security;

namespace Ua.Client;

/// <summary>A user known by a certificate, whose key signs the server's certificate and last nonce.</summary>
internal sealed class CertificateUser(OwnCertificate certificate) : UserIdentity
{
    internal override UserTokenType TokenType => UserTokenType.Certificate;

    internal override UserProof Prove(UserTokenPolicy policy, UserProofContext context) => new(
        ExtensionObject.Of(new X509IdentityToken(policy.PolicyId, certificate.Chain)),
        ApplicationSignature.Create(context.Policy, certificate.PrivateKey, context.ServerCertificate, context.ServerNonce));

    /// <summary>Under policy None nothing would be signed, and anyone could show the certificate.</summary>
    private protected override bool IsSafe(EndpointDescription endpoint, UserTokenPolicy policy) =>
        SecurityPolicies.ByUri(PolicyUri(endpoint, policy)) is { IsNone: false };
}

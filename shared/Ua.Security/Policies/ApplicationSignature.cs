using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>
/// Proof that a side holds its private key: a signature over the other side's certificate and last nonce, as in
/// CreateSession, ActivateSession and X.509 user tokens (Part 4, 5.7.2 and 5.7.3).
/// </summary>
public static class ApplicationSignature
{
    private static readonly SignatureData s_none = new(null, null);

    /// <summary>
    /// Signs for the other side; both fields are null under policy None. Of a certificate that was sent with its issuers only
    /// the leaf is signed: some peers accept nothing else, and those that sign the whole chain accept the leaf too.
    /// </summary>
    /// <param name="policy">The policy of the channel, or of the user token.</param>
    /// <param name="privateKey">The signer's key; null under policy None.</param>
    /// <param name="remoteCertificate">The other side's certificate bytes as they were received, chain included.</param>
    /// <param name="remoteNonce">The nonce that the other side sent last.</param>
    public static SignatureData Create(ISecurityPolicy policy, AsymmetricAlgorithm? privateKey, byte[]? remoteCertificate, byte[]? remoteNonce)
    {
        if (policy.IsNone) return s_none;
        ArgumentNullException.ThrowIfNull(privateKey);
        return new(policy.SignatureUri, policy.Sign(privateKey, [.. CertificateBytes.Leaf(remoteCertificate), .. remoteNonce ?? []]));
    }

    /// <summary>
    /// True where the signature covers our certificate and nonce; peers sign the chain as it was sent or its leaf alone.
    /// Always true under policy None.
    /// </summary>
    /// <param name="policy">The policy of the channel, or of the user token.</param>
    /// <param name="publicKey">The signer's key; null under policy None.</param>
    /// <param name="signature">What the signer sent.</param>
    /// <param name="ownCertificate">Our certificate bytes as we sent them, chain included.</param>
    /// <param name="ownNonce">The nonce that we sent last.</param>
    public static bool Verify(ISecurityPolicy policy, AsymmetricAlgorithm? publicKey, SignatureData? signature, byte[]? ownCertificate, byte[]? ownNonce)
    {
        if (policy.IsNone) return true;
        ArgumentNullException.ThrowIfNull(publicKey);
        if (signature?.Signature is not { Length: > 0 } bytes) return false;
        if (!string.IsNullOrEmpty(signature.Algorithm) && signature.Algorithm != policy.SignatureUri) return false;

        byte[] chain = ownCertificate ?? [], nonce = ownNonce ?? [];
        if (policy.Verify(publicKey, [.. chain, .. nonce], bytes)) return true;
        var leaf = CertificateBytes.Leaf(chain);
        return leaf.Length < chain.Length && policy.Verify(publicKey, [.. leaf, .. nonce], bytes);
    }
}

using System.Security.Cryptography;

namespace Ua.Security;

/// <summary>
/// The algorithms that protect a channel and the signatures and secrets of its sessions (Part 7, 6.6; Part 6, 6.7).
/// A policy has no state: everything that belongs to one handshake or one token is an object that it makes.
/// </summary>
public interface ISecurityPolicy
{
    string Uri { get; }

    /// <summary>The part of the URI behind '#'.</summary>
    string Name { get; }

    /// <summary>True for the policy without certificates, keys and nonces.</summary>
    bool IsNone { get; }

    /// <summary>SecureChannelNonceLength in bytes; 0 for policy None.</summary>
    int NonceLength { get; }

    /// <summary>How sequence numbers begin and wrap (Part 6, 6.7.2.4).</summary>
    bool UsesLegacySequenceNumbers { get; }

    /// <summary>SignatureData.Algorithm of signatures made under this policy; null for policy None.</summary>
    string? SignatureUri { get; }

    /// <summary>EncryptionAlgorithm of user token secrets in the legacy format; null where there is none.</summary>
    string? EncryptionUri { get; }

    /// <summary>The public key of the first certificate of a chain. It is shared with others, so it is never disposed.</summary>
    /// <exception cref="UaException">
    /// Bad_CertificateInvalid where the bytes are no certificate, Bad_CertificatePolicyCheckFailed where kind or size of the
    /// key do not fit the policy.
    /// </exception>
    AsymmetricAlgorithm PublicKeyOf(ReadOnlySpan<byte> chain);

    /// <summary>A fresh share of the keys of one token: a nonce or an ephemeral key pair.</summary>
    IKeyAgreement CreateHandshake();

    /// <summary>
    /// Protects OpenSecureChannel messages: signs with the own key, encrypts for the peer's key where the policy encrypts.
    /// The keys stay the caller's. For policy None both are null.
    /// </summary>
    IChunkProtector CreateHandshakeProtector(AsymmetricAlgorithm? ownPrivateKey, AsymmetricAlgorithm? peerPublicKey);

    byte[] Sign(AsymmetricAlgorithm privateKey, ReadOnlySpan<byte> data);

    /// <summary>False where the signature is not that of the key over the data.</summary>
    bool Verify(AsymmetricAlgorithm publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Encrypts block by block for the holder of a key.</summary>
    /// <exception cref="UaException">Bad_SecurityPolicyRejected where the policy has no asymmetric encryption.</exception>
    byte[] Encrypt(AsymmetricAlgorithm publicKey, ReadOnlySpan<byte> data);

    /// <summary>The reverse of <see cref="Encrypt"/>.</summary>
    /// <exception cref="UaException">Bad_SecurityChecksFailed where the bytes were not encrypted for this key.</exception>
    byte[] Decrypt(AsymmetricAlgorithm privateKey, ReadOnlySpan<byte> data);
}

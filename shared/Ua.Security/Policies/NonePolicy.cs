using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>Policy None: messages travel as they are.</summary>
internal sealed class NonePolicy : ISecurityPolicy
{
    public string Uri => SecurityPolicies.Prefix + "None";

    public string Name => "None";

    public bool IsNone => true;

    public int NonceLength => 0;

    public bool UsesLegacySequenceNumbers => true;

    public string? SignatureUri => null;

    public string? EncryptionUri => null;

    public AsymmetricAlgorithm PublicKeyOf(ReadOnlySpan<byte> chain) => throw NoKeys();

    public IKeyAgreement CreateHandshake() => new NoKeyAgreement();

    public IChunkProtector CreateHandshakeProtector(AsymmetricAlgorithm? ownPrivateKey, AsymmetricAlgorithm? peerPublicKey) => NoProtection.Instance;

    public byte[] Sign(AsymmetricAlgorithm privateKey, ReadOnlySpan<byte> data) => throw NoKeys();

    public bool Verify(AsymmetricAlgorithm publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => throw NoKeys();

    public byte[] Encrypt(AsymmetricAlgorithm publicKey, ReadOnlySpan<byte> data) => throw NoKeys();

    public byte[] Decrypt(AsymmetricAlgorithm privateKey, ReadOnlySpan<byte> data) => throw NoKeys();

    private static UaException NoKeys() => new(StatusCodes.BadSecurityPolicyRejected, "Security policy None has no keys, signatures or encryption.");

    /// <summary>Keeps nothing; some clients send a nonce all the same, and it is ignored.</summary>
    private sealed class NoKeyAgreement : IKeyAgreement
    {
        public byte[] LocalNonce => [];

        public ChannelKeys Derive(ReadOnlySpan<byte> remoteNonce, ChannelRole role, MessageSecurityMode mode, ChannelKeys? previous) =>
            new(NoProtection.Instance, NoProtection.Instance);

        public void Dispose()
        {
        }
    }
}

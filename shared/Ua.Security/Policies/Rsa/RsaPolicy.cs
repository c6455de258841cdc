using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ua.Core;

namespace Ua.Security;

/// <summary>What the policies with RSA certificates have in common: nonces of 32 bytes, P_SHA256, AES-CBC with HMAC-SHA256, keys of 2048 to 4096 bits.</summary>
internal abstract class RsaPolicy(string name, RsaAlgorithms rsa, SymmetricLengths lengths) : ISecurityPolicy
{
    private const int MinKeyBits = 2048, MaxKeyBits = 4096;

    private readonly PeerKeys _peers = new();

    public string Uri { get; } = SecurityPolicies.Prefix + name;

    public string Name => name;

    public bool IsNone => false;

    public int NonceLength => 32;

    public bool UsesLegacySequenceNumbers => true;

    public string? SignatureUri => rsa.SignatureUri;

    public string? EncryptionUri => rsa.EncryptionUri;

    internal SymmetricLengths Lengths => lengths;

    public AsymmetricAlgorithm PublicKeyOf(ReadOnlySpan<byte> chain) => _peers.Get(CertificateBytes.Leaf(chain), Open);

    public IKeyAgreement CreateHandshake() => new NonceKeyAgreement(RandomNumberGenerator.GetBytes(NonceLength), lengths);

    public IChunkProtector CreateHandshakeProtector(AsymmetricAlgorithm? ownPrivateKey, AsymmetricAlgorithm? peerPublicKey) =>
        new RsaChunkProtector(rsa, Rsa(ownPrivateKey), Rsa(peerPublicKey));

    public byte[] Sign(AsymmetricAlgorithm privateKey, ReadOnlySpan<byte> data)
    {
        var signature = new byte[RsaAlgorithms.SignatureSize(Rsa(privateKey))];
        rsa.Sign(Rsa(privateKey), data, signature);
        return signature;
    }

    public bool Verify(AsymmetricAlgorithm publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        rsa.Verify(Rsa(publicKey), data, signature);

    public byte[] Encrypt(AsymmetricAlgorithm publicKey, ReadOnlySpan<byte> data)
    {
        var cipher = new byte[rsa.EncryptedSize(Rsa(publicKey), data.Length)];
        rsa.Encrypt(Rsa(publicKey), data, cipher);
        return cipher;
    }

    public byte[] Decrypt(AsymmetricAlgorithm privateKey, ReadOnlySpan<byte> data)
    {
        var plain = new byte[data.Length];
        var length = rsa.Decrypt(Rsa(privateKey), data, plain);
        var exact = plain[..length];
        CryptographicOperations.ZeroMemory(plain);
        return exact;
    }

    private RSA Open(ReadOnlySpan<byte> leaf)
    {
        using var certificate = CertificateBytes.ParseLeaf(leaf);
        var key = OpenRsa(certificate);
        if (key is { KeySize: >= MinKeyBits and <= MaxKeyBits } && key.KeySize % 8 == 0) return key;
        var found = key is null ? "another kind of key" : $"an RSA key of {key.KeySize} bits";
        key?.Dispose();
        throw new UaException(
            StatusCodes.BadCertificatePolicyCheckFailed,
            $"{name} needs an RSA key of {MinKeyBits} to {MaxKeyBits} bits, the certificate has {found}.");
    }

    private static RSA? OpenRsa(X509Certificate2 certificate)
    {
        try
        {
            return certificate.GetRSAPublicKey();
        }
        catch (CryptographicException e)
        {
            throw new UaException(StatusCodes.BadCertificateInvalid, "The public key of the certificate cannot be read.", e);
        }
    }

    private RSA Rsa(AsymmetricAlgorithm? key) =>
        key as RSA ?? throw new UaException(StatusCodes.BadCertificatePolicyCheckFailed, $"{name} needs RSA keys on both sides.");
}

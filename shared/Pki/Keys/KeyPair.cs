using System.Security.Cryptography;

namespace Pki;

/// <summary>A private key with its public half. Signing and exporting from several threads at once is fine; disposing meanwhile is not.</summary>
public sealed class KeyPair : IDisposable
{
    /// <summary>AES-256, PBKDF2 with SHA-256; the count of iterations is what costs an attacker, and us about 50 ms.</summary>
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    private readonly AsymmetricAlgorithm _key;

    internal KeyPair(AsymmetricAlgorithm key)
    {
        _key = key;
        PublicKey = PublicKeyInfo.Parse(key.ExportSubjectPublicKeyInfo());
        Kind = PublicKey.Kind ?? throw new PkiException(
            $"The private key is {PublicKey}; supported are RSA 2048, 3072, 4096 and the curves nistP256, nistP384, brainpoolP256r1, brainpoolP384r1.");
        SignatureAlgorithm = SignatureAlgorithm.For(Kind);
    }

    public KeyPairKind Kind { get; }

    public PublicKeyInfo PublicKey { get; }

    public SignatureAlgorithm SignatureAlgorithm { get; }

    /// <summary>The key as RSA, owned by this object; throws for another kind.</summary>
    public RSA Rsa => _key as RSA ?? throw new PkiException($"The key is {Kind}, not RSA.");

    /// <summary>The key as ECDsa, owned by this object; throws for another kind.</summary>
    public ECDsa Ecdsa => _key as ECDsa ?? throw new PkiException($"The key is {Kind}, not on an elliptic curve.");

    public static KeyPair Create(KeyPairKind kind)
    {
        if (kind.IsRsa()) return new KeyPair(RSA.Create(kind.SizeInBits()));
        return new KeyPair(ECDsa.Create(ECCurve.CreateFromValue(kind.CurveOid())));
    }

    /// <summary>Makes a key from the system's random numbers and from entropy that someone else brought (Part 12, 7.10.10: nonce). Takes a second or more for RSA.</summary>
    public static KeyPair Create(KeyPairKind kind, ReadOnlySpan<byte> entropy)
    {
        using var random = EntropyMix.With(entropy);
        return Create(kind, random);
    }

    /// <summary>Reads PEM or DER: PKCS#8, encrypted PKCS#8, PKCS#1 (RSA) or SEC 1 (EC).</summary>
    public static KeyPair Import(ReadOnlySpan<byte> content, ReadOnlySpan<char> password = default) => PrivateKeyReader.Read(content, password);

    public static KeyPair ImportPem(string pem, ReadOnlySpan<char> password = default) => PrivateKeyReader.ReadPem(pem, password);

    /// <summary>Signs with <see cref="SignatureAlgorithm"/>; ECDSA gives the DER form that certificates carry.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => _key switch
    {
        RSA rsa => rsa.SignData(data, SignatureAlgorithm.Hash, RSASignaturePadding.Pkcs1),
        ECDsa ecdsa => ecdsa.SignData(data, SignatureAlgorithm.Hash, DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new PkiException($"The key is {Kind} and cannot sign."),
    };

    /// <summary>PKCS#8 DER, not encrypted; the caller clears it.</summary>
    public byte[] ExportPkcs8() => _key.ExportPkcs8PrivateKey();

    /// <summary>"BEGIN PRIVATE KEY", not encrypted.</summary>
    public string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>"BEGIN ENCRYPTED PRIVATE KEY" (PBES2, AES-256, PBKDF2 with SHA-256).</summary>
    public string ExportEncryptedPem(ReadOnlySpan<char> password)
    {
        if (password.IsEmpty) throw new PkiException("A private key is not encrypted under an empty password.");
        return _key.ExportEncryptedPkcs8PrivateKeyPem(password, Encryption);
    }

    internal static KeyPair Create(KeyPairKind kind, EntropyMix random) => new(
        kind.IsRsa() ? MixedKeys.Rsa(kind.SizeInBits(), random) : MixedKeys.Ecc(ECCurve.CreateFromValue(kind.CurveOid()), kind.SizeInBits(), random));

    public bool Matches(PublicKeyInfo publicKey) => PublicKey.Equals(publicKey);

    public void Dispose() => _key.Dispose();
}

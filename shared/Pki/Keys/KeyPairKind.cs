using System.Security.Cryptography;

namespace Pki;

/// <summary>The key kinds that an application certificate can have (Part 12, certificate types; Part 7, security policies).</summary>
public enum KeyPairKind
{
    Rsa2048,
    Rsa3072,
    Rsa4096,
    EccNistP256,
    EccNistP384,
    EccBrainpoolP256r1,
    EccBrainpoolP384r1,
}

/// <summary>What follows from the kind of a key.</summary>
public static class KeyPairKinds
{
    public static bool IsRsa(this KeyPairKind kind) => kind <= KeyPairKind.Rsa4096;

    public static int SizeInBits(this KeyPairKind kind) => kind switch
    {
        KeyPairKind.Rsa2048 => 2048,
        KeyPairKind.Rsa3072 => 3072,
        KeyPairKind.Rsa4096 => 4096,
        KeyPairKind.EccNistP256 or KeyPairKind.EccBrainpoolP256r1 => 256,
        KeyPairKind.EccNistP384 or KeyPairKind.EccBrainpoolP384r1 => 384,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The hash that a key of this kind signs certificates, requests and lists with.</summary>
    public static HashAlgorithmName SignatureHash(this KeyPairKind kind) =>
        kind is KeyPairKind.EccNistP384 or KeyPairKind.EccBrainpoolP384r1 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    internal static string CurveOid(this KeyPairKind kind) => kind switch
    {
        KeyPairKind.EccNistP256 => Oids.NistP256,
        KeyPairKind.EccNistP384 => Oids.NistP384,
        KeyPairKind.EccBrainpoolP256r1 => Oids.BrainpoolP256r1,
        KeyPairKind.EccBrainpoolP384r1 => Oids.BrainpoolP384r1,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an elliptic curve"),
    };

    internal static KeyPairKind? OfCurve(string oid) => oid switch
    {
        Oids.NistP256 => KeyPairKind.EccNistP256,
        Oids.NistP384 => KeyPairKind.EccNistP384,
        Oids.BrainpoolP256r1 => KeyPairKind.EccBrainpoolP256r1,
        Oids.BrainpoolP384r1 => KeyPairKind.EccBrainpoolP384r1,
        _ => null,
    };

    internal static KeyPairKind? OfRsaSize(int bits) => bits switch
    {
        2048 => KeyPairKind.Rsa2048,
        3072 => KeyPairKind.Rsa3072,
        4096 => KeyPairKind.Rsa4096,
        _ => null,
    };
}

using Pki;

namespace Gds.Core.Certificates;

/// <summary>Certificate types by their namespace 0 id, and the keys that fit them (Part 12, 7.8.4).</summary>
public static class CertificateTypes
{
    public const uint ApplicationCertificateType = 12557;
    public const uint RsaMinApplicationCertificateType = 12559;
    public const uint RsaSha256ApplicationCertificateType = 12560;
    public const uint EccNistP256ApplicationCertificateType = 23538;
    public const uint EccNistP384ApplicationCertificateType = 23539;
    public const uint EccBrainpoolP256r1ApplicationCertificateType = 23540;
    public const uint EccBrainpoolP384r1ApplicationCertificateType = 23541;

    public static string NameOf(uint typeId) => typeId switch
    {
        RsaMinApplicationCertificateType => nameof(RsaMinApplicationCertificateType),
        RsaSha256ApplicationCertificateType => nameof(RsaSha256ApplicationCertificateType),
        EccNistP256ApplicationCertificateType => nameof(EccNistP256ApplicationCertificateType),
        EccNistP384ApplicationCertificateType => nameof(EccNistP384ApplicationCertificateType),
        EccBrainpoolP256r1ApplicationCertificateType => nameof(EccBrainpoolP256r1ApplicationCertificateType),
        EccBrainpoolP384r1ApplicationCertificateType => nameof(EccBrainpoolP384r1ApplicationCertificateType),
        _ => $"i={typeId}",
    };

    /// <summary>Whether a certificate of the type may hold such a key.</summary>
    internal static bool Fits(uint typeId, KeyPairKind kind) => typeId switch
    {
        RsaMinApplicationCertificateType => kind == KeyPairKind.Rsa2048,
        RsaSha256ApplicationCertificateType => kind is KeyPairKind.Rsa2048 or KeyPairKind.Rsa3072 or KeyPairKind.Rsa4096,
        EccNistP256ApplicationCertificateType => kind == KeyPairKind.EccNistP256,
        EccNistP384ApplicationCertificateType => kind == KeyPairKind.EccNistP384,
        EccBrainpoolP256r1ApplicationCertificateType => kind == KeyPairKind.EccBrainpoolP256r1,
        EccBrainpoolP384r1ApplicationCertificateType => kind == KeyPairKind.EccBrainpoolP384r1,
        _ => false,
    };

    /// <summary>The key that is made for the type when the GDS makes it.</summary>
    internal static KeyPairKind NewKey(uint typeId, int rsaSize) => typeId switch
    {
        RsaMinApplicationCertificateType => KeyPairKind.Rsa2048,
        RsaSha256ApplicationCertificateType => rsaSize switch { 4096 => KeyPairKind.Rsa4096, 3072 => KeyPairKind.Rsa3072, _ => KeyPairKind.Rsa2048 },
        EccNistP256ApplicationCertificateType => KeyPairKind.EccNistP256,
        EccNistP384ApplicationCertificateType => KeyPairKind.EccNistP384,
        EccBrainpoolP256r1ApplicationCertificateType => KeyPairKind.EccBrainpoolP256r1,
        EccBrainpoolP384r1ApplicationCertificateType => KeyPairKind.EccBrainpoolP384r1,
        _ => throw GdsProblem.Invalid($"CertificateTypeId: no key can be made for the type {NameOf(typeId)}."),
    };
}

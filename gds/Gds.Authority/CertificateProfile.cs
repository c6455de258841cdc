using Pki;

namespace Gds.Authority;

/// <summary>What holds for all certificates of one certificate type of a group: which keys, how long.</summary>
public sealed record CertificateProfile(IReadOnlyList<KeyPairKind> KeyKinds, TimeSpan Lifetime)
{
    /// <summary>How far before now a certificate begins, for peers whose clock is behind.</summary>
    public TimeSpan Backdate { get; init; } = SelfSignedCertificate.Backdate;

    /// <summary>RsaSha256ApplicationCertificateType (ns0 i=12560): RSA 2048, 3072 or 4096 with SHA-256.</summary>
    public static CertificateProfile RsaSha256(TimeSpan lifetime) => new([KeyPairKind.Rsa2048, KeyPairKind.Rsa3072, KeyPairKind.Rsa4096], lifetime);

    /// <summary>One of the ECC types (ns0 i=23538 to i=23541): one curve each, but a P384 certificate also serves the P256 policy.</summary>
    public static CertificateProfile Ecc(KeyPairKind curve, TimeSpan lifetime) => new([curve], lifetime);
}

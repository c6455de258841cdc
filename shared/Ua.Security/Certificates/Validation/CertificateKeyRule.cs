using Pki;

namespace Ua.Security.Certificates;

/// <summary>Which keys and hashes a security policy allows in certificates (Part 7, profiles of security policies).</summary>
/// <param name="Name">How the rule is named in an explanation.</param>
/// <param name="Curves">Allowed elliptic curves; empty where the policy is one of RSA.</param>
public sealed record CertificateKeyRule(string Name, int MinimumRsaBits, int MaximumRsaBits, IReadOnlyList<KeyPairKind> Curves, bool AllowsSha1 = false)
{
    private const string PolicyPrefix = "http://opcfoundation.org/UA/SecurityPolicy#";

    private static readonly KeyPairKind[] AllCurves =
        [KeyPairKind.EccNistP256, KeyPairKind.EccNistP384, KeyPairKind.EccBrainpoolP256r1, KeyPairKind.EccBrainpoolP384r1];

    /// <summary>Equal for rules that allow the same.</summary>
    internal string Key => $"{Name}/{MinimumRsaBits}/{MaximumRsaBits}/{string.Join(',', Curves)}/{AllowsSha1}";

    /// <summary>For a check without a security policy: whatever any current policy allows.</summary>
    public static CertificateKeyRule Default { get; } = new("every current security policy", 2048, 4096, AllCurves);

    /// <summary>The rule of a policy by its URI; the default for a policy that is not known.</summary>
    public static CertificateKeyRule ForPolicy(string? securityPolicyUri)
    {
        var name = securityPolicyUri?.StartsWith(PolicyPrefix, StringComparison.Ordinal) == true ? securityPolicyUri[PolicyPrefix.Length..] : null;
        return name switch
        {
            "Basic256Sha256" or "Aes128_Sha256_RsaOaep" or "Aes256_Sha256_RsaPss" => new(name, 2048, 4096, []),
            "Basic128Rsa15" or "Basic256" => new(name, 1024, 2048, [], AllowsSha1: true),
            "ECC_nistP256" => new(name, 0, 0, [KeyPairKind.EccNistP256, KeyPairKind.EccNistP384]),
            "ECC_nistP384" => new(name, 0, 0, [KeyPairKind.EccNistP384]),
            "ECC_brainpoolP256r1" => new(name, 0, 0, [KeyPairKind.EccBrainpoolP256r1, KeyPairKind.EccBrainpoolP384r1]),
            "ECC_brainpoolP384r1" => new(name, 0, 0, [KeyPairKind.EccBrainpoolP384r1]),
            _ => Default,
        };
    }

    /// <summary>Whether an application's own certificate with this key can be used under the rule.</summary>
    public bool Allows(PublicKeyInfo key) =>
        key.IsRsa ? key.SizeInBits >= MinimumRsaBits && key.SizeInBits <= MaximumRsaBits : key.Kind is { } kind && Curves.Contains(kind);
}

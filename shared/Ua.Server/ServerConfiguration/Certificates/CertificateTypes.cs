using Pki;
using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>Which keys a certificate of a type has (Part 12, 7.8.4).</summary>
public static class CertificateTypes
{
    public static readonly NodeId EccBrainpoolP256r1 = new(23540);
    public static readonly NodeId EccBrainpoolP384r1 = new(23541);

    private static readonly Dictionary<NodeId, KeyPairKind[]> s_kinds = new()
    {
        [ObjectTypeIds.RsaSha256ApplicationCertificateType] = [KeyPairKind.Rsa2048, KeyPairKind.Rsa3072, KeyPairKind.Rsa4096],
        [ObjectTypeIds.EccNistP256ApplicationCertificateType] = [KeyPairKind.EccNistP256],
        [ObjectTypeIds.EccNistP384ApplicationCertificateType] = [KeyPairKind.EccNistP384],
        [EccBrainpoolP256r1] = [KeyPairKind.EccBrainpoolP256r1],
        [EccBrainpoolP384r1] = [KeyPairKind.EccBrainpoolP384r1],
    };

    /// <summary>The keys of a type, the usual one first; none for a type that is not known here.</summary>
    public static IReadOnlyList<KeyPairKind> KindsOf(NodeId type) => s_kinds.GetValueOrDefault(type) ?? [];

    public static bool Allows(NodeId type, PublicKeyInfo key) => key.Kind is { } kind && KindsOf(type).Contains(kind);

    /// <summary>The type whose slot a certificate with that key belongs in; null where there is none.</summary>
    public static NodeId? TypeOf(PublicKeyInfo key, IEnumerable<NodeId> types)
    {
        foreach (var type in types)
            if (Allows(type, key)) return type;
        return null;
    }
}

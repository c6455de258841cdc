using System.Security.Cryptography;
using Pki;
using Ua.Security.Certificates;

namespace Ua.Security;

/// <summary>The certificate that one side shows on a channel, with its private key. The key stays its owner's.</summary>
public sealed class OwnCertificate(byte[] chain, AsymmetricAlgorithm privateKey)
{
    /// <summary>DER of the leaf, then of its issuers where they are sent along.</summary>
    public byte[] Chain { get; } = chain;

    public AsymmetricAlgorithm PrivateKey { get; } = privateKey;

    /// <summary>SHA-1 of the leaf.</summary>
    public byte[] Thumbprint { get; } = CertificateBytes.Thumbprint(chain);

    /// <summary>A certificate of the application's identity.</summary>
    public static OwnCertificate Of(IdentityCertificate identity) =>
        new(identity.ChainBytes, identity.Kind.IsRsa() ? identity.Key.Rsa : identity.Key.Ecdsa);
}

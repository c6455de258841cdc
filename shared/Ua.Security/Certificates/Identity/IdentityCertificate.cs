using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// One certificate of this application with its private key and its issuers. Lives as long as someone holds it: a channel
/// that was opened with it goes on using it after it has been replaced, so the key is left to the garbage collector.
/// </summary>
public sealed class IdentityCertificate
{
    public IdentityCertificate(ApplicationCertificate certificate, KeyPair key, IEnumerable<ApplicationCertificate> issuers)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        if (!key.Matches(certificate.PublicKey)) throw new PkiException($"The private key does not belong to the certificate {certificate}.");
        Certificate = certificate;
        Key = key;
        Issuers = [.. issuers];
        ChainBytes = CertificateChainBytes.Join([certificate, .. Issuers]);
    }

    public ApplicationCertificate Certificate { get; }

    public KeyPair Key { get; }

    /// <summary>The authorities above the certificate, next one first; empty for one signed by itself.</summary>
    public IReadOnlyList<ApplicationCertificate> Issuers { get; }

    /// <summary>What is sent to peers: the certificate followed by its issuers (Part 6, 6.2.6).</summary>
    public byte[] ChainBytes { get; }

    public KeyPairKind Kind => Key.Kind;
}

using Pki;

namespace Ua.Security.Certificates;

/// <summary>A whole new content for a trust folder: the lists, and where it is renewed the own certificate with its key.</summary>
public sealed record TrustFolderSet(
    IReadOnlyList<ApplicationCertificate> TrustedCertificates,
    IReadOnlyList<CertificateRevocationList> TrustedCrls,
    IReadOnlyList<ApplicationCertificate> IssuerCertificates,
    IReadOnlyList<CertificateRevocationList> IssuerCrls)
{
    /// <summary>The new certificate and key; null leaves those that are there.</summary>
    public IdentityCertificate? Own { get; init; }

    /// <summary>Own certificates that go, with their keys.</summary>
    public IReadOnlyList<ApplicationCertificate> RemovedOwn { get; init; } = [];

    /// <summary>Under which the key file is encrypted, where the product knows one.</summary>
    public string? PrivateKeyPassword { get; init; }

    /// <summary>Authorities that were trusted on this machine and that the giver of the set does not answer for: no revocation list is demanded of them.</summary>
    public IReadOnlyList<ApplicationCertificate> LocalAuthorities { get; init; } = [];

    public IEnumerable<ApplicationCertificate> Certificates => TrustedCertificates.Concat(IssuerCertificates);

    public IEnumerable<CertificateRevocationList> Crls => TrustedCrls.Concat(IssuerCrls);
}

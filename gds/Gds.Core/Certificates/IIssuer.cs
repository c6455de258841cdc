using System.Net;
using System.Security.Cryptography.X509Certificates;
using Pki;

namespace Gds.Core.Certificates;

/// <summary>Signs certificates and revocation lists; ours holds the CA keys itself, another may ask an external CA.</summary>
public interface IIssuer
{
    /// <summary>Makes the authority of that key reference, or gives the one that was made before under it.</summary>
    Task<ApplicationCertificate> OpenOrCreateAuthorityAsync(string keyReference, CancellationToken cancellationToken);

    /// <summary>Opens the authority and sees that it is the one that is expected; Unavailable says what a person has to do.</summary>
    Task CheckAsync(string keyReference, ApplicationCertificate expected, CancellationToken cancellationToken);

    /// <summary>Signs a certificate under the serial number given, which is recorded already.</summary>
    Task<ApplicationCertificate> IssueAsync(IssueOrder order, CancellationToken cancellationToken);

    Task<CertificateRevocationList> IssueCrlAsync(CrlOrder order, CancellationToken cancellationToken);
}

/// <summary>What a certificate is to say; everything in it was checked, and nothing else goes in.</summary>
public sealed record IssueOrder
{
    public required string KeyReference { get; init; }
    public required ApplicationCertificate Authority { get; init; }

    /// <summary>Upper-case hex.</summary>
    public required string SerialNumber { get; init; }

    public required X500DistinguishedName Subject { get; init; }

    /// <summary>The request that was checked; null when the key was made by us, and <see cref="PublicKey"/> is it.</summary>
    public SigningRequest? Request { get; init; }

    public required PublicKeyInfo PublicKey { get; init; }
    public required uint TypeId { get; init; }
    public required string ApplicationUri { get; init; }
    public required IReadOnlyList<string> DnsNames { get; init; }
    public required IReadOnlyList<IPAddress> Addresses { get; init; }
    public required bool ActsAsServer { get; init; }

    /// <summary>From now; the end is cut where the authority's own ends.</summary>
    public required TimeSpan Lifetime { get; init; }
}

/// <summary>What a revocation list is to say.</summary>
public sealed record CrlOrder(
    string KeyReference,
    ApplicationCertificate Authority,
    long Number,
    IReadOnlyList<RevokedCertificate> Revoked,
    DateTimeOffset ThisUpdate,
    DateTimeOffset NextUpdate);

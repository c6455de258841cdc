using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>All that one transaction changes in one certificate group.</summary>
public sealed record CertificateGroupChange
{
    /// <summary>The whole new trust list; null leaves the list as it is.</summary>
    public TrustListSet? TrustList { get; init; }

    /// <summary>New certificates with their keys, and slots to empty; at most one for each type.</summary>
    public IReadOnlyList<SlotChange> Slots { get; init; } = [];

    public bool IsEmpty => TrustList is null && Slots.Count == 0;
}

/// <summary>The content of a trust list, whole.</summary>
public sealed record TrustListSet(
    IReadOnlyList<ApplicationCertificate> TrustedCertificates,
    IReadOnlyList<CertificateRevocationList> TrustedCrls,
    IReadOnlyList<ApplicationCertificate> IssuerCertificates,
    IReadOnlyList<CertificateRevocationList> IssuerCrls);

/// <summary>What becomes of the slot of a certificate type.</summary>
/// <param name="Own">The new certificate with its key and issuers; null empties the slot and destroys its key.</param>
public sealed record SlotChange(NodeId Type, IdentityCertificate? Own);

/// <summary>Why a change cannot be applied: a status of the specification and a sentence that names the certificate and the rule.</summary>
public sealed record ChangeProblem(StatusCode StatusCode, string Text);

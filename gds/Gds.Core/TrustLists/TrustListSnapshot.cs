using System.Runtime.CompilerServices;
using Gds.Core.State;
using Gds.Store;
using Pki;

namespace Gds.Core.TrustLists;

/// <summary>The content of a group's trust list at one instant, DER each; what a TrustListDataType carries (Part 12, 7.8.2.7).</summary>
public sealed class TrustListSnapshot
{
    private static readonly ConditionalWeakTable<object, TrustListSnapshot> Made = [];

    private readonly List<(ApplicationCertificate Authority, CertificateRevocationList? Crl)> _authorities = [];

    private TrustListSnapshot(GroupState group)
    {
        Group = group.Name;
        Version = group.TrustListVersion;
        LastUpdateTime = group.TrustListUpdatedAt;
        var trusted = group.Authorities.Select(a => a.Certificate.Der);
        var crls = group.Authorities.Where(a => a.Crl is not null).Select(a => a.Crl!.Der);
        TrustedCertificates = [.. trusted, .. Extra(group, TrustListPart.TrustedCertificate)];
        TrustedCrls = [.. crls, .. Extra(group, TrustListPart.TrustedCrl)];
        IssuerCertificates = [.. Extra(group, TrustListPart.IssuerCertificate)];
        IssuerCrls = [.. Extra(group, TrustListPart.IssuerCrl)];
        foreach (var own in group.Authorities) _authorities.Add((own.Certificate, own.Crl));
        AddForeign(group, TrustListPart.TrustedCertificate, TrustListPart.TrustedCrl);
        AddForeign(group, TrustListPart.IssuerCertificate, TrustListPart.IssuerCrl);
    }

    public string Group { get; }

    /// <summary>Rises with each change.</summary>
    public long Version { get; }

    public DateTime LastUpdateTime { get; }

    /// <summary>Our CA first, then what administrators put there.</summary>
    public IReadOnlyList<byte[]> TrustedCertificates { get; }

    public IReadOnlyList<byte[]> TrustedCrls { get; }

    /// <summary>Needed to build chains, not trusted.</summary>
    public IReadOnlyList<byte[]> IssuerCertificates { get; }

    public IReadOnlyList<byte[]> IssuerCrls { get; }

    /// <summary>Why the list may not be handed out: a sentence for each CA without a current CRL.</summary>
    public IEnumerable<string> Faults(DateTime now)
    {
        foreach (var (authority, crl) in _authorities)
        {
            if (crl is null) yield return $"The CA '{authority.Subject}' [{authority.Thumbprint}] has no CRL.";
            else if (crl.NextUpdate is { } end && end.UtcDateTime <= now)
                yield return $"The CRL of the CA '{authority.Subject}' [{authority.Thumbprint}] ended at {end:u}.";
        }
    }

    /// <summary>CAs of the list with their newest CRLs, ours and foreign ones.</summary>
    internal IReadOnlyList<(ApplicationCertificate Authority, CertificateRevocationList? Crl)> Authorities => _authorities;

    /// <summary>The snapshot of that state of the group; made once.</summary>
    internal static TrustListSnapshot Of(GroupState group) => Made.GetValue(group, static g => new TrustListSnapshot((GroupState)g));

    private static IEnumerable<byte[]> Extra(GroupState group, TrustListPart part) => group.Extras.Where(e => e.Part == part).Select(e => e.Der);

    private void AddForeign(GroupState group, TrustListPart certificates, TrustListPart lists)
    {
        var crls = Extra(group, lists).Select(d => CertificateRevocationList.Parse(d)).ToList();
        foreach (var der in Extra(group, certificates))
        {
            var certificate = ApplicationCertificate.Parse(der);
            if (!certificate.IsCertificateAuthority) continue;
            _authorities.Add((certificate, crls.Where(c => c.IsFrom(certificate)).OrderBy(c => c.ThisUpdate).LastOrDefault()));
        }
    }
}

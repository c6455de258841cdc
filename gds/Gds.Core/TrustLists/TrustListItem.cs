using Gds.Core.State;
using Gds.Store;
using Pki;

namespace Gds.Core.TrustLists;

/// <summary>A certificate of a trust list, with who put it there.</summary>
/// <param name="IsTrusted">In the trusted part; else in the issuer part, where it only helps to build chains.</param>
/// <param name="AddedBy">Null for our own CA.</param>
/// <param name="CrlEndsAt">Of a CA: when its newest CRL ends; null where that has no end, or there is none.</param>
public sealed record TrustListItem(ApplicationCertificate Certificate, bool IsTrusted, string? AddedBy, DateTime? AddedAt, DateTime? CrlEndsAt)
{
    public bool IsOurs => AddedBy is null;

    internal static IReadOnlyList<TrustListItem> Of(GroupState group)
    {
        var crls = TrustListSnapshot.Of(group).Authorities.ToLookup(a => a.Authority, a => a.Crl?.NextUpdate?.UtcDateTime);
        var ours = group.Authorities.Select(a => new TrustListItem(a.Certificate, IsTrusted: true, null, null, crls[a.Certificate].FirstOrDefault()));
        var added = group.Extras.Where(e => e.Part is TrustListPart.TrustedCertificate or TrustListPart.IssuerCertificate).Select(e =>
        {
            var certificate = ApplicationCertificate.Parse(e.Der);
            return new TrustListItem(certificate, e.Part == TrustListPart.TrustedCertificate, e.AddedBy, e.AddedAt, crls[certificate].FirstOrDefault());
        });
        return [.. ours, .. added];
    }
}

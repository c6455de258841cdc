using Gds.Core.Certificates;
using Gds.Core.Groups;
using Gds.Store;

namespace Gds.Web.Records;

/// <summary>A certificate group with its authorities.</summary>
public sealed record GroupJson(
    string Name, IReadOnlyList<string> Types, int Members, DateTime TrustListUpdatedAt, IReadOnlyList<AuthorityJson> Authorities)
{
    internal static GroupJson Of(GroupView v) => new(
        v.Name, [.. v.TypeIds.Select(CertificateTypes.NameOf)], v.Members, v.TrustListUpdatedAt, [.. v.Authorities.Select(AuthorityJson.Of)]);
}

/// <summary>A CA with its certificate and its current CRL, DER each.</summary>
public sealed record AuthorityJson(
    AuthorityState State,
    string Subject,
    string Thumbprint,
    string Fingerprint,
    DateTime NotBefore,
    DateTime NotAfter,
    long? CrlNumber,
    DateTime? CrlThisUpdate,
    DateTime? CrlNextUpdate,
    byte[] Certificate,
    byte[]? Crl)
{
    internal static AuthorityJson Of(AuthorityView v) => new(
        v.State, v.Subject, v.Thumbprint, v.Sha256, v.NotBefore, v.NotAfter, v.CrlNumber, v.CrlThisUpdate, v.CrlNextUpdate, v.Certificate, v.Crl);
}

using Gds.Core.TrustLists;

namespace Gds.Web.Records;

/// <summary>A certificate of a trust list. One that is not trusted only helps to build chains; AddedBy is null for our own CA.</summary>
public sealed record TrustListItemJson(
    string Thumbprint,
    string Sha256,
    string Subject,
    string Issuer,
    string? ApplicationUri,
    bool IsAuthority,
    bool IsTrusted,
    DateTime NotBefore,
    DateTime NotAfter,
    DateTime? CrlEndsAt,
    string? AddedBy,
    DateTime? AddedAt,
    byte[] Certificate)
{
    internal static TrustListItemJson Of(TrustListItem i) => new(
        i.Certificate.Thumbprint, i.Certificate.Sha256, i.Certificate.Subject, i.Certificate.Issuer, i.Certificate.ApplicationUri, i.Certificate.IsCertificateAuthority,
        i.IsTrusted, i.Certificate.NotBefore.UtcDateTime, i.Certificate.NotAfter.UtcDateTime, i.CrlEndsAt, i.AddedBy, i.AddedAt, i.Certificate.Der);
}

/// <summary>A certificate (DER) to put on a trust list; a CA comes with its CRLs (DER or PEM).</summary>
public sealed record TrustListOrderJson(byte[] Certificate, bool AsIssuer, IReadOnlyList<byte[]>? Crls);

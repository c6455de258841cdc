using Gds.Core.Certificates;
using Gds.Store;

namespace Gds.Web.Records;

/// <summary>A certificate of ours as the API shows it; the DER is there when one certificate was asked for.</summary>
public sealed record CertificateJson(
    string SerialNumber,
    string? Thumbprint,
    Guid? ApplicationId,
    string? ApplicationUri,
    string? Subject,
    DateTime? NotBefore,
    DateTime? NotAfter,
    CertificateState State,
    string? Group,
    string? Type,
    IReadOnlyList<string> Hosts,
    DateTime? RevokedAt,
    RevocationCause? RevocationReason,
    byte[]? Certificate)
{
    internal static CertificateJson Of(CertificateView v, bool withBytes) => new(
        v.SerialNumber, v.Thumbprint, v.ApplicationId, v.ApplicationUri, v.Subject, v.NotBefore, v.NotAfter, v.State, v.Group,
        v.TypeId is { } type ? CertificateTypes.NameOf(type) : null, v.Hosts, v.RevokedAt, v.RevocationCause, withBytes ? v.Certificate : null);
}

/// <summary>Why a certificate is revoked.</summary>
public sealed record RevocationJson(RevocationCause Reason);

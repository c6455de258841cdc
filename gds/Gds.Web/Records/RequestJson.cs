using Gds.Core.Certificates;
using Gds.Core.Requests;
using Gds.Store;

namespace Gds.Web.Records;

/// <summary>A certificate request as the API shows it.</summary>
public sealed record RequestJson(
    Guid Id,
    RequestState State,
    RequestKind Kind,
    Guid ApplicationId,
    string ApplicationUri,
    string ApplicationName,
    string Group,
    string Type,
    string Subject,
    string Key,
    IReadOnlyList<string> Hosts,
    string RequestedBy,
    string RequestedFrom,
    DateTime CreatedAt,
    string? DecidedBy,
    DateTime? DecidedAt,
    string? Reason,
    DateTime? CompletedAt)
{
    internal static RequestJson Of(RequestView v) => new(
        v.Id, v.State, v.Kind, v.ApplicationId, v.ApplicationUri, v.ApplicationName, v.Group, CertificateTypes.NameOf(v.TypeId), v.Subject, v.Key, v.Hosts,
        v.RequestedBy, v.RequestedFrom, v.CreatedAt, v.DecidedBy, v.DecidedAt, v.Reason, v.CompletedAt);
}

/// <summary>Why a request is rejected; for the application and the audit log.</summary>
public sealed record RejectionJson(string? Reason);

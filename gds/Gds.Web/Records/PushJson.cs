using Gds.Core.Push;
using Gds.Store;

namespace Gds.Web.Records;

/// <summary>An application to push to, and the login there; a class, since a record would print the secrets.</summary>
public sealed class PushTargetOrderJson
{
    public string? EndpointUrl { get; init; }
    public string? UserName { get; init; }
    public string? Password { get; init; }

    /// <summary>DER or PEM.</summary>
    public byte[]? UserCertificate { get; init; }

    public byte[]? UserKey { get; init; }
    public string? Fingerprint { get; init; }
    public bool? RenewsKey { get; init; }
    public bool? KeepsOthers { get; init; }

    internal PushTargetOrder ToOrder() => new()
    {
        EndpointUrl = EndpointUrl,
        UserName = UserName,
        Password = Password,
        UserCertificate = UserCertificate,
        UserKey = UserKey,
        PinnedSha256 = Fingerprint,
        RenewsKey = RenewsKey ?? true,
        KeepsOthers = KeepsOthers ?? false,
    };
}

/// <summary>A push target as the API shows it.</summary>
public sealed record PushTargetJson(
    Guid ApplicationId,
    string ApplicationUri,
    string EndpointUrl,
    PushLogin Login,
    string? UserName,
    string? Fingerprint,
    bool RenewsKey,
    bool KeepsOthers,
    bool UpToDate,
    DateTime? ConfirmedAt,
    int FailedRuns,
    DateTime? RetryAt,
    string CreatedBy,
    DateTime CreatedAt)
{
    internal static PushTargetJson Of(PushTargetView v) => new(
        v.ApplicationId, v.ApplicationUri, v.EndpointUrl, v.Login, v.UserName, v.PinnedSha256, v.RenewsKey, v.KeepsOthers, v.UpToDate, v.ConfirmedAt, v.FailedRuns, v.RetryAt, v.CreatedBy, v.CreatedAt);
}

/// <summary>A push to start.</summary>
/// <param name="ApplicationId">Of the target.</param>
/// <param name="Renew">Certificates are replaced whether they are due or not.</param>
public sealed record PushOrderJson(Guid ApplicationId, bool Renew);

/// <summary>A push and what came of its steps; lists leave the steps out.</summary>
public sealed record PushRunJson(
    Guid Id,
    Guid ApplicationId,
    string ApplicationUri,
    PushRunState State,
    PushReason Reason,
    bool Renew,
    string RequestedBy,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? EndedAt,
    string? Text,
    IReadOnlyList<PushStepJson> Steps)
{
    internal static PushRunJson Of(PushRunView v) => new(
        v.Id, v.ApplicationId, v.ApplicationUri, v.State, v.Reason, v.Renew, v.RequestedBy, v.CreatedAt, v.StartedAt, v.EndedAt, v.Text,
        [.. v.Steps.Select(s => new PushStepJson(s.Time, s.Kind, s.Outcome, s.ApplicationUri, s.Group, s.Text))]);
}

public sealed record PushStepJson(DateTime Time, PushStepKind Kind, PushStepOutcome Outcome, string? ApplicationUri, string? Group, string Text);

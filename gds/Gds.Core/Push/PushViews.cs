using Gds.Store;

namespace Gds.Core.Push;

/// <summary>A push target to be made; it holds a secret, so this is no record that prints itself.</summary>
public sealed class PushTargetOrder
{
    /// <summary>Null takes the first DiscoveryUrl of the application.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Null signs in by the application certificate of the GDS alone, or by <see cref="UserCertificate"/>.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>DER or PEM.</summary>
    public byte[]? UserCertificate { get; init; }

    /// <summary>The key of the user certificate, PKCS #8 without a password, DER or PEM.</summary>
    public byte[]? UserKey { get; init; }

    /// <summary>SHA-256 of the server certificate of the first contact, hex; null trusts what the GDS trusts.</summary>
    public string? PinnedSha256 { get; init; }

    public bool RenewsKey { get; init; } = true;

    public bool KeepsOthers { get; init; }
}

/// <summary>A push target as lists show it, without its secret.</summary>
public sealed record PushTargetView(
    Guid Id, Guid ApplicationId, string ApplicationUri, string EndpointUrl, PushLogin Login, string? UserName, string? PinnedSha256, bool RenewsKey, bool KeepsOthers,
    bool UpToDate, DateTime? ConfirmedAt, int FailedRuns, DateTime? RetryAt, string CreatedBy, DateTime CreatedAt);

/// <summary>A run with what came of its steps.</summary>
public sealed record PushRunView(
    Guid Id, Guid ApplicationId, string ApplicationUri, PushRunState State, PushReason Reason, bool Renew, string RequestedBy,
    DateTime CreatedAt, DateTime? StartedAt, DateTime? EndedAt, string? Text, IReadOnlyList<PushStepView> Steps);

public sealed record PushStepView(DateTime Time, PushStepKind Kind, PushStepOutcome Outcome, string? ApplicationUri, string? Group, string Text);

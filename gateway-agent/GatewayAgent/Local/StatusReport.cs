using GatewayAgent.State;

namespace GatewayAgent.Local;

/// <summary>How the agent and its applications stand: what <c>status</c> prints.</summary>
internal sealed record StatusReport(
    bool Enrolled, GdsStatus Gds, IReadOnlyList<ApplicationStatus> Applications, string DataFolder, bool Running, DateTimeOffset? NextCycle, string? ConfigurationProblem)
{
    /// <summary>The agent hears of changes at the GDS at once; otherwise it polls.</summary>
    public bool Listening { get; init; }

    /// <summary>URLs of the agent's own endpoint; none where it has none.</summary>
    public IReadOnlyList<string> EndpointUrls { get; init; } = [];

    /// <summary>Every application is in step, or waits for nothing but an approval.</summary>
    public bool IsHealthy => (Enrolled || EndpointUrls.Count > 0) && Gds.LastError is null && ConfigurationProblem is null && Applications.All(IsInStep);

    /// <summary>An agent that is not enrolled and to which nobody has pushed goes on with the certificate that it made itself.</summary>
    private bool IsInStep(ApplicationStatus application) =>
        application.State is SyncState.InSync or SyncState.WaitingForApproval || (!Enrolled && application is { Name: Configuration.AgentConfiguration.OwnName, State: SyncState.New });
}

internal sealed record GdsStatus(string? EndpointUrl, DateTimeOffset? LastContact, string? LastError, int FailuresInARow, string? Fingerprint);

internal sealed record ApplicationStatus(
    string Name,
    string ApplicationUri,
    string? ApplicationId,
    SyncState State,
    CertificateStatus? Certificate,
    TrustListStatus? TrustList,
    DateTimeOffset? LastSync,
    string? LastError,
    string? PendingRequest,
    string? Note,
    IReadOnlyList<string> Folders)
{
    public string? Preset { get; init; }

    /// <summary>What a person should know or confirm about the preset.</summary>
    public IReadOnlyList<string> PresetNotes { get; init; } = [];

    /// <summary>Certificates in the folders that neither the GDS nor a technician put there.</summary>
    public int Drift { get; init; }

    /// <summary>Rejected certificates that nobody has decided about.</summary>
    public int Rejected { get; init; }
}

internal sealed record CertificateStatus(string Thumbprint, string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

/// <param name="LastUpdate">LastUpdateTime of the list at the GDS.</param>
/// <param name="Local">Certificates trusted on this machine beside the GDS's list.</param>
internal sealed record TrustListStatus(DateTimeOffset? LastUpdate, int Trusted, int Issuers, int Crls, int Local, DateTimeOffset? NextCrlUpdate);

/// <summary>What <c>sync</c> prints.</summary>
internal sealed record SyncReport(bool Ok, string? Problem, IReadOnlyList<ApplicationStatus> Applications);

/// <summary>What <c>enroll</c> asks for.</summary>
internal sealed record EnrolOrder(string EnrolmentString, bool Replace);

/// <summary>What <c>trust</c> and <c>reject</c> ask for.</summary>
/// <param name="Application">Null means all.</param>
/// <param name="Certificate">The certificate itself, DER or PEM, where it was brought as a file.</param>
internal sealed record DecisionOrder(string? Application, string? Thumbprint, byte[]? Certificate);

/// <summary>What <c>password</c> asks for.</summary>
/// <param name="Password">Null takes the user away.</param>
internal sealed record AdministratorOrder(string Name, string? Password)
{
    public override string ToString() => Name;
}

/// <summary>What was done, one sentence for each folder.</summary>
internal sealed record DecisionReport(IReadOnlyList<string> Done);

internal sealed record ProblemReport(ProblemKind Kind, string Text);

namespace GatewayAgent.State;

/// <summary>Where an application stands between two cycles.</summary>
internal enum SyncState
{
    /// <summary>Nothing has happened yet.</summary>
    New,

    /// <summary>A signing request waits at the GDS for a person.</summary>
    WaitingForApproval,

    /// <summary>Certificate and trust list are what the GDS gave, on disk and verified.</summary>
    InSync,

    /// <summary>The last cycle did not succeed; the folder is as it was before.</summary>
    Failing,

    /// <summary>The agent's certificate no longer opens the GDS: a new enrolment string is needed.</summary>
    NeedsEnrolment,
}

/// <summary>What the agent knows about one application: application.json in a folder of its own.</summary>
internal sealed record ApplicationState
{
    public required string ApplicationUri { get; init; }

    /// <summary>As the GDS gave it, in the text form of a NodeId with its namespace URI.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>Digest of the record as it was last seen to be registered; a change of the configuration makes another one.</summary>
    public string? RegisteredAs { get; init; }

    /// <summary>Where its group and trust list are at the GDS; null while that has to be asked for.</summary>
    public GdsPlaces? Places { get; init; }

    public PendingRequest? Pending { get; init; }

    /// <summary>Before this time no new request is made by itself, since the last one was rejected.</summary>
    public DateTimeOffset? RejectedUntil { get; init; }

    /// <summary>The trust list that is in force in the folder.</summary>
    public TrustListState? TrustList { get; init; }

    /// <summary>A trust list that is just being put into force; kept so that after a kill its entries are still known as the GDS's.</summary>
    public TrustListState? NextTrustList { get; init; }

    /// <summary>What a technician has decided on this machine.</summary>
    public IReadOnlyList<LocalDecision> Local { get; init; } = [];

    /// <summary>A change that was rolled back and is not tried again at once.</summary>
    public InstallHold? Hold { get; init; }

    /// <summary>When a connection to the gateway last showed that it lives with what is in force; null where none did.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>What the GDS has been told; null for nothing.</summary>
    public ReportedState? Reported { get; init; }

    /// <summary>A change that lies in the folders and has not been verified yet; after a kill it is verified, or rolled back.</summary>
    public InstallTrial? Trial { get; init; }

    public SyncState State { get; init; }

    public DateTimeOffset? LastAttempt { get; init; }

    public DateTimeOffset? LastSync { get; init; }

    public string? LastError { get; init; }

    /// <summary>Something worth knowing that is no failure.</summary>
    public string? Note { get; init; }

    public static ApplicationState For(string applicationUri) => new() { ApplicationUri = applicationUri };
}

/// <summary>A request whose key is on disk. It counts from the moment it is written, and ends when its certificate is in the folder.</summary>
internal sealed record PendingRequest
{
    /// <summary>Name of the file with the private key in the application's state folder.</summary>
    public required string KeyFile { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required string Reason { get; init; }

    /// <summary>Null until the GDS has answered; a request that stays without is started again with the same key.</summary>
    public string? RequestId { get; init; }

    public string? CertificateTypeId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>The certificate once it has been collected, DER: the GDS hands it out only once.</summary>
    public byte[]? Certificate { get; init; }

    public IReadOnlyList<byte[]> Issuers { get; init; } = [];
}

/// <summary>A trust list of the GDS: the file that holds its bytes, named after their hash.</summary>
/// <param name="LastUpdate">LastUpdateTime of the list at the GDS that was pulled last; the epoch where none was.</param>
internal sealed record TrustListState(string File, DateTimeOffset LastUpdate, DateTimeOffset Read)
{
    /// <summary>Null where the list was pushed and none was pulled before.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? ChangedAtGds => LastUpdate > DateTimeOffset.UnixEpoch ? LastUpdate : null;
}

/// <summary>A change of the folders from its first step until the gateway has been seen to live with it.</summary>
/// <param name="Update">The name of the change, by which each folder tells whether it holds it.</param>
/// <param name="Stores">The stores that are changed.</param>
/// <param name="Answered">The gateway answered before the change, so that it has to answer after it.</param>
/// <param name="Digest">Digest of the set.</param>
/// <param name="Failure">Why it is being rolled back; null while it is not.</param>
internal sealed record InstallTrial(string Update, IReadOnlyList<string> Stores, bool Answered, string Digest, string? Failure = null);

/// <summary>A set that a gateway did not live with: not installed again by itself before a time, unless it becomes another one.</summary>
/// <param name="Digest">Digest of the set.</param>
internal sealed record InstallHold(string Digest, int Failures, DateTimeOffset Until, string Reason);

internal enum LocalVerdict
{
    Trusted,
    Rejected,
}

/// <summary>A decision of a technician: kept over every synchronisation until it is taken back.</summary>
/// <param name="Store">The store of the preset it belongs to.</param>
/// <param name="Sha256">SHA-256 of the certificate in upper-case hex.</param>
/// <param name="Certificate">The certificate, DER.</param>
internal sealed record LocalDecision(LocalVerdict Verdict, string Store, string Sha256, string Subject, DateTimeOffset At, byte[] Certificate);

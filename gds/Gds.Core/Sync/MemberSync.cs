using Gds.Store;

namespace Gds.Core.Sync;

public enum SyncState
{
    /// <summary>It was confirmed that it uses what the GDS intends.</summary>
    InSync,

    /// <summary>Something new is there for it, or a person has to approve first.</summary>
    Waiting,

    /// <summary>Somebody else changed it.</summary>
    Drifted,

    /// <summary>The last attempt did not work.</summary>
    Failing,

    /// <summary>Nobody ever reported about it.</summary>
    NeverSeen,
}

/// <summary>What a member waits for.</summary>
public enum SyncWait
{
    None,

    /// <summary>A RegistrationAuthorityAdmin decides a request.</summary>
    Approval,

    /// <summary>The application, its agent or a push gets in touch next.</summary>
    NextContact,
}

/// <summary>A certificate that a member should use, one for each certificate type that it has one of.</summary>
public sealed record IntendedCertificate(uint TypeId, string Thumbprint, DateTime NotAfter, DateTime IssuedAt);

/// <summary>What a member should use.</summary>
public sealed record IntendedState(IReadOnlyList<IntendedCertificate> Certificates, DateTime TrustListUpdatedAt, long TrustListVersion);

/// <summary>What was reported of it last.</summary>
public sealed record ConfirmedState(
    SyncOutcome Outcome, string? CertificateThumbprint, DateTime? TrustListUpdatedAt, DateTime? VerifiedAt, string? Text, string ReportedBy, DateTime ReportedAt);

/// <summary>How one application stands in one group: intended, confirmed, and what follows from the two.</summary>
public sealed record MemberSync
{
    public required Guid ApplicationId { get; init; }
    public required string ApplicationUri { get; init; }
    public required string Group { get; init; }
    public required SyncState State { get; init; }
    public SyncWait WaitsFor { get; init; }

    /// <summary>When it came into that state; for a member that was never seen, when it was registered.</summary>
    public required DateTime Since { get; init; }

    /// <summary>When it was in sync last, as far as is known; null while it is, and where it was never seen.</summary>
    public DateTime? OutOfSyncSince { get; init; }

    /// <summary>Out of sync for longer than twice the UpdateFrequency, and not for want of an approval.</summary>
    public bool Overdue { get; init; }

    /// <summary>Why it is not in sync, in a sentence.</summary>
    public string? Reason { get; init; }

    public required IntendedState Intended { get; init; }
    public ConfirmedState? Confirmed { get; init; }

    /// <summary>When the application, or its agent, was heard of last.</summary>
    public DateTime? LastContactAt { get; init; }
}

/// <summary>Members in each state.</summary>
public sealed record SyncCounts(int InSync, int Waiting, int Drifted, int Failing, int NeverSeen, int Overdue)
{
    public int Members => InSync + Waiting + Drifted + Failing + NeverSeen;
}

/// <summary>How the plant stands, and the members that need somebody most.</summary>
public sealed record SyncSummary(SyncCounts Counts, IReadOnlyList<MemberSync> Worst);

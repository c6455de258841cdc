namespace Gds.Store;

/// <summary>How a member of a certificate group stands, in the word of whoever looked at it.</summary>
public enum SyncOutcome
{
    /// <summary>It uses what the GDS gave.</summary>
    InSync = 0,

    /// <summary>Something is still to come.</summary>
    Waiting = 1,

    /// <summary>Somebody else changed its certificate or trust list.</summary>
    Drifted = 2,

    /// <summary>It was tried and did not work.</summary>
    Failing = 3,
}

/// <summary>The last report about a member of a certificate group that said something new.</summary>
public sealed class MemberReport
{
    private MemberReport() { }

    public MemberReport(Guid applicationId, int groupId) => (ApplicationId, GroupId) = (applicationId, groupId);

    public Guid ApplicationId { get; private set; }
    public int GroupId { get; private set; }
    public SyncOutcome Outcome { get; private set; }

    /// <summary>SHA-1 of the certificate in use, upper-case hex.</summary>
    public string? CertificateThumbprint { get; private set; }

    /// <summary>End of that certificate; null for one that is not of ours.</summary>
    public DateTime? CertificateEndsAt { get; private set; }

    /// <summary>LastUpdateTime of the trust list in use.</summary>
    public DateTime? TrustListUpdatedAt { get; private set; }

    /// <summary>When a real connection showed the certificate last.</summary>
    public DateTime? VerifiedAt { get; private set; }

    public string? Text { get; private set; }
    public string ReportedBy { get; private set; } = "";
    public DateTime ReportedAt { get; private set; }

    /// <summary>When the outcome became what it is.</summary>
    public DateTime OutcomeSince { get; private set; }

    /// <summary>When the outcome was InSync no more; null while it is.</summary>
    public DateTime? OutSince { get; private set; }

    /// <summary>When it was noticed that the member stayed out of sync for too long; null where it did not.</summary>
    public DateTime? OverdueAt { get; private set; }

    public void Report(
        SyncOutcome outcome,
        string? certificateThumbprint,
        DateTime? certificateEndsAt,
        DateTime? trustListUpdatedAt,
        DateTime? verifiedAt,
        string? text,
        string by,
        DateTime now)
    {
        if (outcome != Outcome || ReportedAt == default) OutcomeSince = now;
        OutSince = outcome == SyncOutcome.InSync ? null : OutSince ?? now;
        Outcome = outcome;
        CertificateThumbprint = certificateThumbprint;
        CertificateEndsAt = certificateEndsAt;
        TrustListUpdatedAt = trustListUpdatedAt;
        Verified(verifiedAt);
        Text = text;
        ReportedBy = by;
        ReportedAt = now;
    }

    /// <summary>Only forward.</summary>
    public void Verified(DateTime? at)
    {
        if (at is not null && (VerifiedAt is null || VerifiedAt < at)) VerifiedAt = at;
    }

    public void Overdue(DateTime now)
    {
        if (OverdueAt is not null) throw new IllegalMoveException($"The report of {ApplicationId} in group {GroupId} is overdue since {OverdueAt:u} and cannot become so again.");
        OverdueAt = now;
    }

    public void CaughtUp()
    {
        if (OverdueAt is null) throw new IllegalMoveException($"The report of {ApplicationId} in group {GroupId} is not overdue and cannot catch up.");
        OverdueAt = null;
    }
}

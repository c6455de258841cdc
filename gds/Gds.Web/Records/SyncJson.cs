using Gds.Core.Sync;
using Gds.Store;

namespace Gds.Web.Records;

/// <summary>How an application stands in one certificate group: intended, confirmed, and what follows.</summary>
public sealed record MemberJson(
    Guid ApplicationId,
    string ApplicationUri,
    string Group,
    SyncState State,
    SyncWait WaitsFor,
    DateTime Since,
    DateTime? OutOfSyncSince,
    bool Overdue,
    string? Reason,
    IntendedJson Intended,
    ConfirmedJson? Confirmed,
    DateTime? LastContactAt)
{
    internal static MemberJson Of(MemberSync m) => new(
        m.ApplicationId, m.ApplicationUri, m.Group, m.State, m.WaitsFor, m.Since, m.OutOfSyncSince, m.Overdue, m.Reason,
        new IntendedJson([.. m.Intended.Certificates.Select(c => new IntendedCertificateJson(c.Thumbprint, c.IssuedAt, c.NotAfter))], m.Intended.TrustListUpdatedAt, m.Intended.TrustListVersion),
        m.Confirmed is not { } c ? null : new ConfirmedJson(c.Outcome, c.CertificateThumbprint, c.TrustListUpdatedAt, c.VerifiedAt, c.Text, c.ReportedBy, c.ReportedAt),
        m.LastContactAt);
}

/// <summary>What it should use.</summary>
public sealed record IntendedJson(IReadOnlyList<IntendedCertificateJson> Certificates, DateTime TrustListUpdatedAt, long TrustListVersion);

public sealed record IntendedCertificateJson(string Thumbprint, DateTime IssuedAt, DateTime NotAfter);

/// <summary>What was reported last that said something new.</summary>
public sealed record ConfirmedJson(
    SyncOutcome Outcome, string? CertificateThumbprint, DateTime? TrustListUpdatedAt, DateTime? VerifiedAt, string? Text, string ReportedBy, DateTime ReportedAt);

/// <summary>Members in each state, and those that need somebody most.</summary>
public sealed record SyncJson(int Members, int InSync, int Waiting, int Drifted, int Failing, int NeverSeen, int Overdue, IReadOnlyList<MemberJson> Worst)
{
    internal static SyncJson Of(SyncSummary s) => new(
        s.Counts.Members, s.Counts.InSync, s.Counts.Waiting, s.Counts.Drifted, s.Counts.Failing, s.Counts.NeverSeen, s.Counts.Overdue, [.. s.Worst.Select(MemberJson.Of)]);
}

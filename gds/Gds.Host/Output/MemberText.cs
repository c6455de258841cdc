using Gds.Core.Sync;
using Gds.Web.Records;

namespace Gds.Host.Output;

/// <summary>How members stand, in words.</summary>
internal static class MemberText
{
    public static string State(MemberJson m) => m.State switch
    {
        SyncState.InSync => "in sync",
        SyncState.Waiting => m.WaitsFor == SyncWait.Approval ? "waiting for approval" : "waiting for its next contact",
        SyncState.Drifted => "drifted",
        SyncState.Failing => "failing",
        _ => "never seen",
    } + (m.Overdue ? ", overdue" : "");

    public static string Counts(SyncJson s) =>
        $"{s.InSync} in sync, {s.Waiting} waiting, {s.Drifted} drifted, {s.Failing} failing, {s.NeverSeen} never seen; {s.Overdue} overdue";

    public static void WriteWorst(IReadOnlyList<MemberJson> worst)
    {
        if (worst.Count == 0) return;
        Console.WriteLine();
        Table.Write(["OUT OF SYNC", "GROUP", "STATE", "SINCE", "WHY"], worst.Select(m => (IReadOnlyList<string?>)
            [m.ApplicationUri, m.Group, State(m), Table.Time(m.OutOfSyncSince), m.Reason]));
    }

    public static void WriteOne(MemberJson m)
    {
        var c = m.Confirmed;
        Table.WriteFields(
            ("Group", m.Group), ("State", $"{State(m)} since {Table.Time(m.Since)}"), ("Out of sync since", Table.Time(m.OutOfSyncSince)), ("Why", m.Reason),
            ("Should use", string.Join(" ", m.Intended.Certificates.Select(i => $"{i.Thumbprint} until {Table.Time(i.NotAfter)}"))),
            ("Trust list of", Table.Time(m.Intended.TrustListUpdatedAt)),
            ("Uses", c is null ? null : c.CertificateThumbprint ?? "no certificate"), ("With trust list of", c is null ? null : c.TrustListUpdatedAt is { } at ? Table.Time(at) : "none"),
            ("Verified at", c is null ? null : c.VerifiedAt is { } verified ? Table.Time(verified) : "never, by a connection"),
            ("Reported", c is null ? null : $"by {c.ReportedBy} at {Table.Time(c.ReportedAt)}{(c.Text is null ? "" : $": {c.Text}")}"),
            ("Last contact", m.LastContactAt is { } contact ? Table.Time(contact) : "never"));
    }
}

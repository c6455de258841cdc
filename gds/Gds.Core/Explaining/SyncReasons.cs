using Gds.Core.Sync;
using Gds.Store;
using Ua.Security.Certificates;

namespace Gds.Core.Explaining;

/// <summary>Where what an application was confirmed to use is not what the GDS intends for it.</summary>
internal static class SyncReasons
{
    public static IEnumerable<Reason> Of(string applicationUri, IReadOnlyList<MemberSync> members)
    {
        foreach (var member in members.Where(m => m.Confirmed is not null))
        {
            var confirmed = member.Confirmed!;
            if (confirmed.TrustListUpdatedAt is { } has && has != member.Intended.TrustListUpdatedAt)
                yield return Reason.Warns(Cause.NotYetConfirmed, $"{applicationUri} still has the trust list of {member.Group} of {GroupLists.Date(has)}; the present one is of {GroupLists.Date(member.Intended.TrustListUpdatedAt)} (version {member.Intended.TrustListVersion}), and only that one is judged here.");
            if (confirmed.TrustListUpdatedAt is null)
                yield return Reason.Warns(Cause.NotYetConfirmed, $"{applicationUri} has reported on {GroupLists.Date(confirmed.ReportedAt)} that it uses no trust list of {member.Group} yet.");
            if (member.Intended.Certificates is [var newest, ..] && confirmed.CertificateThumbprint is { } used && member.Intended.Certificates.All(c => c.Thumbprint != used))
                yield return Reason.Warns(Cause.NotYetConfirmed, $"{applicationUri} still uses the certificate {used}; the newest one is {newest.Thumbprint}, issued on {GroupLists.Date(newest.IssuedAt)}.");
            if (confirmed.Outcome == SyncOutcome.Failing)
                yield return Reason.Warns(Cause.UpdateFails, $"The last update of {applicationUri} in {member.Group} failed, says {confirmed.ReportedBy} on {GroupLists.Date(confirmed.ReportedAt)}: {confirmed.Text ?? "no more was said"}");
        }
    }
}

using Gds.Core.Applications;
using Gds.Core.State;
using Gds.Store;

namespace Gds.Core.Sync;

/// <summary>Compares what a member was reported to use with what it should use. Reads the state of the moment only.</summary>
internal sealed class SyncJudge(GdsState state, SyncContacts contacts, TimeSpan overdueAfter, DateTime now)
{
    private readonly Dictionary<(Guid Application, int Group), DateTime> _pending = state.Requests.Pending
        .GroupBy(p => (p.ApplicationId, p.GroupId))
        .ToDictionary(p => p.Key, p => p.Min(r => r.CreatedAt));

    public MemberSync Of(ApplicationRecord application, GroupState group)
    {
        var intended = IntendedOf(application.Id, group);
        var entry = state.Sync.Find(application.Id, group.Id);
        var verdict = Judge(application, group, intended, entry);
        return new MemberSync
        {
            ApplicationId = application.Id,
            ApplicationUri = application.ApplicationUri,
            Group = group.Name,
            State = verdict.State,
            WaitsFor = verdict.WaitsFor,
            Since = verdict.Since,
            OutOfSyncSince = verdict.Out,
            Overdue = verdict.WaitsFor != SyncWait.Approval && verdict.Out is { } since && now - since > overdueAfter,
            Reason = verdict.Reason,
            Intended = intended,
            Confirmed = entry is null ? null : Confirmed(entry),
            LastContactAt = contacts.LastContact(application.Id),
        };
    }

    private IntendedState IntendedOf(Guid applicationId, GroupState group)
    {
        List<IntendedCertificate> certificates = [];
        foreach (var type in group.Types)
        {
            if (state.Certificates.Current(applicationId, group.Id, type, now) is { } c)
                certificates.Add(new(c.TypeId, c.Thumbprint, c.NotAfter, c.IssuedAt));
        }
        return new(certificates, group.TrustListUpdatedAt, group.TrustListVersion);
    }

    private ConfirmedState Confirmed(MemberEntry e) => new(
        e.Outcome, e.CertificateThumbprint, e.TrustListUpdatedAt, contacts.Verified(e.ApplicationId, e.GroupId, e.VerifiedAt), e.Text, e.ReportedBy, e.ReportedAt);

    private Verdict Judge(ApplicationRecord application, GroupState group, IntendedState intended, MemberEntry? entry)
    {
        var pending = _pending.TryGetValue((application.Id, group.Id), out var asked) ? asked : (DateTime?)null;
        if (entry is null)
        {
            return pending is { } first
                ? new(SyncState.Waiting, SyncWait.Approval, first, first, "A request for a certificate waits for approval ('gds request list --state New').")
                : new(SyncState.NeverSeen, SyncWait.None, application.CreatedAt, null, null);
        }
        var lags = Lags(group, intended, entry).ToList();
        var lagging = lags.Count == 0 ? (DateTime?)null : lags.Min(l => l.Since);
        var outSince = Earliest(entry.OutSince, lagging);
        if (entry.Outcome == SyncOutcome.Failing) return new(SyncState.Failing, SyncWait.None, entry.OutcomeSince, outSince, entry.Text);
        if (entry.Outcome == SyncOutcome.Drifted) return new(SyncState.Drifted, SyncWait.None, entry.OutcomeSince, outSince, entry.Text);
        if (pending is { } since)
            return new(SyncState.Waiting, SyncWait.Approval, since, Earliest(outSince, since), "A request for a certificate waits for approval ('gds request list --state New').");
        if (lagging is not null) return new(SyncState.Waiting, SyncWait.NextContact, outSince!.Value, outSince, string.Join(" ", lags.Select(l => l.Reason)));
        if (entry.Outcome == SyncOutcome.Waiting) return new(SyncState.Waiting, SyncWait.NextContact, outSince!.Value, outSince, entry.Text);
        return new(SyncState.InSync, SyncWait.None, entry.ReportedAt, null, null);
    }

    private IEnumerable<Lag> Lags(GroupState group, IntendedState intended, MemberEntry entry)
    {
        if (CertificateLag(intended, entry) is { } certificate) yield return certificate;
        if (entry.TrustListUpdatedAt is { } copy && group.IsPresent(copy)) yield break;
        yield return entry.TrustListUpdatedAt is { } has
            ? new(group.FirstChangeAfter(has), $"The trust list in use is of {has:u}, the present one of {group.TrustListUpdatedAt:u}.")
            : new(entry.ReportedAt, "No trust list is in use.");
    }

    private Lag? CertificateLag(IntendedState intended, MemberEntry entry)
    {
        var thumbprint = entry.CertificateThumbprint;
        if (intended.Certificates is [var newest, ..])
        {
            if (intended.Certificates.Any(c => c.Thumbprint == thumbprint)) return null;
            return new(newest.IssuedAt, $"The certificate in use is {thumbprint ?? "none"}, the newest one {newest.Thumbprint}.");
        }
        // One of ours that is none any more: it expired, or was revoked, which changed the trust list.
        if (entry.CertificateEndsAt is not { } end) return null;
        return end <= now
            ? new(end, $"The certificate in use, {thumbprint}, expired at {end:u}.")
            : new(entry.ReportedAt, $"The certificate in use, {thumbprint}, was revoked; there is no new one.");
    }

    private static DateTime? Earliest(DateTime? a, DateTime? b) => a is null || b < a ? b ?? a : a;

    private readonly record struct Lag(DateTime Since, string Reason);

    private readonly record struct Verdict(SyncState State, SyncWait WaitsFor, DateTime Since, DateTime? Out, string? Reason);
}

using Gds.Core.Access;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Sync;

/// <summary>Knows for every member of every group what it should use and what it was confirmed to use.</summary>
public sealed class SyncRegister
{
    private const int WorstShown = 20;

    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly SyncContacts _contacts;
    private readonly GdsCoreOptions _options;
    private readonly TimeProvider _time;

    internal SyncRegister(LiveState live, WriteGate gate, Auditor auditor, SyncContacts contacts, GdsCoreOptions options, TimeProvider time)
        => (_live, _gate, _auditor, _contacts, _options, _time) = (live, gate, auditor, contacts, options, time);

    /// <summary>
    /// Takes a report of the application itself, of an ApplicationAdmin for it, or of the GDS's own push. A report that says
    /// nothing new is not written.
    /// </summary>
    public Task ReportAsync(Caller caller, SyncReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(report);
        var deed = new Deed(caller, "sync.report", AuditText.Of(report.ApplicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            var state = _live.Current;
            var application = SyncRules.Admit(state, caller, report.ApplicationId, "ReportState");
            var group = SyncRules.GroupOf(state, application, report.Group);
            var said = SyncRules.Check(caller, report, Now);
            _contacts.Heard(application.Id);
            if (said.VerifiedAt is { } at) _contacts.Verify(application.Id, group.Id, at);
            if (SaysNothingNew(state.Sync.Find(application.Id, group.Id), said)) return;
            await _gate.WriteAsync((scope, ct) => RecordAsync(scope, deed, application.Id, group.Id, said, ct), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>A session of the application was opened; counts for all that it administers. Costs no query.</summary>
    public void Heard(Caller caller)
    {
        var state = _live.Current;
        if (state.ClientApplication(caller) is not { } client) return;
        _contacts.Heard(client.Id);
        foreach (var managed in state.Grants.Of(client.Id)) _contacts.Heard(managed);
    }

    /// <summary>How an application stands in each of its groups; for every role, the application itself and an ApplicationAdmin for it.</summary>
    public IReadOnlyList<MemberSync> Of(Caller caller, Guid applicationId)
    {
        SyncRules.AdmitReader(_live.Current, caller, applicationId, "Showing how an application stands");
        return Of(applicationId);
    }

    /// <summary>How every member of every group stands, in the order of the directory.</summary>
    public IEnumerable<MemberSync> List(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Demands.AnyRole(caller, GdsRoles.All, "Listing how the members stand");
        return List();
    }

    /// <summary>The same as <see cref="Of(Caller, Guid)"/> for the GDS itself.</summary>
    internal IReadOnlyList<MemberSync> Of(Guid applicationId)
    {
        var state = _live.Current;
        var application = state.Directory.Find(applicationId) ?? throw Demands.NoSuchApplication(applicationId);
        var judge = Judge(state, Now);
        return [.. state.Groups.Values.Where(g => g.Members.Contains(applicationId)).Select(g => judge.Of(application, g))];
    }

    /// <summary>The same as <see cref="List(Caller)"/> for the GDS itself.</summary>
    internal IEnumerable<MemberSync> List()
    {
        var state = _live.Current;
        var judge = Judge(state, Now);
        return state.Directory.All.SelectMany(a => state.Groups.Values.Where(g => g.Members.Contains(a.Id)).Select(g => judge.Of(a, g)));
    }

    /// <summary>Counts, and the members that need somebody most: overdue ones first, then failing, drifted, waiting; longest first.</summary>
    public SyncSummary Summary(Caller caller)
    {
        var members = List(caller).ToList();
        int Count(SyncState state) => members.Count(m => m.State == state);
        var counts = new SyncCounts(
            Count(SyncState.InSync), Count(SyncState.Waiting), Count(SyncState.Drifted), Count(SyncState.Failing), Count(SyncState.NeverSeen), members.Count(m => m.Overdue));
        var worst = members.Where(m => m.State is SyncState.Failing or SyncState.Drifted or SyncState.Waiting)
            .OrderByDescending(m => m.Overdue)
            .ThenBy(m => m.State switch { SyncState.Failing => 0, SyncState.Drifted => 1, _ => 2 })
            .ThenBy(m => m.OutOfSyncSince)
            .Take(WorstShown);
        return new(counts, [.. worst]);
    }

    /// <summary>The members of a group that stay out of sync for too long.</summary>
    public IReadOnlyList<MemberSync> Overdue(Caller caller, string? group)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Demands.AnyRole(caller, GdsRoles.All, "Listing the overdue members");
        var state = _live.Current;
        var groupState = state.DemandGroup(group);
        var judge = Judge(state, Now);
        return [.. groupState.Members.Select(state.Directory.Find).OfType<ApplicationRecord>().Select(a => judge.Of(a, groupState)).Where(m => m.Overdue)];
    }

    /// <summary>Reports whose mark of being overdue is not what it should be by now.</summary>
    internal IReadOnlyList<(Guid Application, int Group)> OverdueChanges()
    {
        var state = _live.Current;
        var judge = Judge(state, Now);
        return [.. state.Sync.All.Where(e => IsOverdue(state, judge, e.ApplicationId, e.GroupId) != e.OverdueAt is not null).Select(e => (e.ApplicationId, e.GroupId))];
    }

    /// <summary>Sets or takes the mark of one report, with what goes with it; null where it is as it should be.</summary>
    internal MemberSync? RecordOverdue(WriteScope scope, MemberReport row)
    {
        var judge = Judge(scope.State, scope.Now);
        if (scope.State.Directory.Find(row.ApplicationId) is not { } application || !scope.State.Groups.TryGetValue(row.GroupId, out var group)) return null;
        var member = judge.Of(application, group);
        var isOverdue = member.Overdue && group.Members.Contains(application.Id);
        if (isOverdue == row.OverdueAt is not null) return null;
        var deed = new Deed(Caller.Gds, isOverdue ? "sync.overdue" : "sync.caught-up", AuditText.Of(application.Id, application.ApplicationUri));
        if (isOverdue)
        {
            row.Overdue(scope.Now);
            scope.Audit(deed, $"{group.Name}, out of sync since {member.OutOfSyncSince:u}: {member.Reason ?? member.State.ToString()}");
            scope.Tell(new MemberOverdue(application.Id, application.ApplicationUri, group.Name, member.OutOfSyncSince!.Value, member.Reason ?? member.State.ToString()));
        }
        else
        {
            row.CaughtUp();
            scope.Audit(deed, group.Name);
            scope.Tell(new MemberCaughtUp(application.Id, application.ApplicationUri, group.Name));
        }

        scope.State = scope.State with { Sync = scope.State.Sync.With(MemberEntry.Of(row)) };
        return member with { Overdue = isOverdue };
    }

    private static bool IsOverdue(GdsState state, SyncJudge judge, Guid applicationId, int groupId)
        => state.Directory.Find(applicationId) is { } application && state.Groups.TryGetValue(groupId, out var group)
        && group.Members.Contains(applicationId) && judge.Of(application, group).Overdue;

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private SyncJudge Judge(GdsState state, DateTime now) => new(state, _contacts, _options.OverdueAfter, now);

    private static bool SaysNothingNew(MemberEntry? known, SyncReport said) => known is not null
        && known.Outcome == said.Outcome && known.CertificateThumbprint == said.CertificateThumbprint
        && known.TrustListUpdatedAt == said.TrustListUpdatedAt && known.Text == said.Text
        && (known.VerifiedAt is not null || said.VerifiedAt is null);

    private async Task RecordAsync(WriteScope scope, Deed deed, Guid applicationId, int groupId, SyncReport said, CancellationToken cancellationToken)
    {
        var application = scope.State.Directory.Find(applicationId) ?? throw Demands.NoSuchApplication(applicationId);
        var before = scope.State.Sync.Find(applicationId, groupId);
        var row = await scope.Db.MemberReports.SingleOrDefaultAsync(r => r.ApplicationId == applicationId && r.GroupId == groupId, cancellationToken);
        if (row is null) scope.Db.MemberReports.Add(row = new MemberReport(applicationId, groupId));
        var ends = said.CertificateThumbprint is { } thumbprint
            ? scope.State.Certificates.Find(thumbprint)?.NotAfter ?? (thumbprint == row.CertificateThumbprint ? row.CertificateEndsAt : null)
            : null;
        row.Report(said.Outcome, said.CertificateThumbprint, ends, said.TrustListUpdatedAt, said.VerifiedAt, said.Text, deed.Caller.Who, scope.Now);
        scope.State = scope.State with { Sync = scope.State.Sync.With(MemberEntry.Of(row)) };
        if (row.OverdueAt is not null) RecordOverdue(scope, row);
        if (before?.Outcome == said.Outcome) return;
        // A change of the outcome is worth a row; a new trust list taken over by ten thousand members is not.
        scope.Audit(deed with { Target = AuditText.Of(applicationId, application.ApplicationUri) }, said.Text is null ? said.Outcome.ToString() : $"{said.Outcome}: {said.Text}");
        scope.Tell(new SyncChanged(applicationId, application.ApplicationUri, scope.State.Groups[groupId].Name, said.Outcome));
    }
}

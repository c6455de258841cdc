using Gds.Core.Access;
using Gds.Core.Agents;
using Gds.Core.Audit;
using Gds.Core.Certificates;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.TrustLists;

/// <summary>The trust list of each group (Part 12, 7.8.2): handed out to its members, changed by a CertificateAuthorityAdmin.</summary>
public sealed class GroupTrustLists
{
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly TimeProvider _time;

    internal GroupTrustLists(LiveState live, WriteGate gate, Auditor auditor, TimeProvider time)
        => (_live, _gate, _auditor, _time) = (live, gate, auditor, time);

    /// <summary>The list as it stands, without asking who wants it: for the GDS' own certificate validation and for LastUpdateTime.</summary>
    public TrustListSnapshot Peek(string? group) => TrustListSnapshot.Of(_live.Current.DemandGroup(group));

    /// <summary>The list for a member of the group, its administrator, or a CertificateAuthorityAdmin; NotReadable when a CA in it has no current CRL.</summary>
    public Task<TrustListSnapshot> ReadAsync(Caller caller, string? group, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "trustlist.read", AuditText.Of(group ?? GdsState.DefaultGroup));
        return _auditor.ReadAsync(deed, () =>
        {
            Demands.Signed(caller, "Opening a trust list");
            var state = _live.Current;
            var groupState = state.DemandGroup(group);
            if (!caller.Has(GdsRoles.CertificateAuthorityAdmin) && !ActsForMember(state, caller, groupState))
                throw GdsProblem.Denied($"The trust list of {groupState.Name} is for its members and for a CertificateAuthorityAdmin.");
            var snapshot = TrustListSnapshot.Of(groupState);
            if (snapshot.Faults(Now).FirstOrDefault() is { } fault)
                throw new GdsProblem(ProblemKind.NotReadable, $"The trust list of {groupState.Name} is not handed out: {fault}");
            return Task.FromResult(snapshot);
        }, cancellationToken);
    }

    /// <summary>The certificates of the list, our CA first, with who put them there; for anyone with a role.</summary>
    public IReadOnlyList<TrustListItem> List(Caller caller, string? group)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Demands.AnyRole(caller, GdsRoles.All, "Listing a trust list");
        return TrustListItem.Of(_live.Current.DemandGroup(group));
    }

    /// <summary>
    /// Adds a certificate, or replaces the CRLs of a CA that is on the list. A CA comes with a CRL of its own; a certificate
    /// that a CA issued needs that CA on the list.
    /// </summary>
    public Task AddAsync(Caller caller, string? group, ReadOnlyMemory<byte> certificate, bool trusted, IReadOnlyList<byte[]> crls, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "trustlist.add", AuditText.Of(group ?? GdsState.DefaultGroup));
        return _auditor.RunAsync(deed, async () =>
        {
            DemandAdmin(caller, "Changing a trust list");
            var addition = TrustListAddition.Check(_live.Current.DemandGroup(group), certificate.Span, trusted, crls, Now);
            await _gate.WriteAsync((scope, ct) => AddAsync(scope, deed, group, addition, ct), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>
    /// Removes a certificate by its SHA-1 thumbprint from the trusted or the issuer part; the CRLs of a CA go with it, and one that
    /// was trusted in the inbox waits there for a decision again.
    /// </summary>
    public Task RemoveAsync(Caller caller, string? group, string thumbprint, bool trusted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(thumbprint);
        var deed = new Deed(caller, "trustlist.remove", $"{AuditText.Of(group ?? GdsState.DefaultGroup)} {AuditText.Of(thumbprint)}");
        return _auditor.RunAsync(deed, async () =>
        {
            DemandAdmin(caller, "Changing a trust list");
            await _gate.WriteAsync((scope, ct) => RemoveAsync(scope, deed, group, thumbprint.ToUpperInvariant(), trusted, ct), cancellationToken);
        }, cancellationToken);
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private static void DemandAdmin(Caller caller, string what)
    {
        Demands.Signed(caller, what);
        Demands.Role(caller, GdsRoles.CertificateAuthorityAdmin, what);
    }

    private bool ActsForMember(GdsState state, Caller caller, GroupState group)
    {
        if (caller.Application is { } channel && state.Directory.Find(channel.ApplicationUri) is { } own
            && group.Members.Contains(own.Id) && state.ActsFor(caller, own, Now)) return true;
        return state.ClientApplication(caller) is { } client && state.Grants.Of(client.Id).Overlaps(group.Members);
    }

    private static async Task AddAsync(WriteScope scope, Deed deed, string? groupName, TrustListAddition addition, CancellationToken cancellationToken)
    {
        var group = scope.State.DemandGroup(groupName);
        var replaced = group.Extras.Where(addition.Replaces).ToList();
        await RemoveRowsAsync(scope, group, replaced, cancellationToken);
        foreach (var e in addition.Entries)
            scope.Db.TrustListEntries.Add(new TrustListEntry(group.Id, e.Part, e.Der, e.Thumbprint, e.Subject, e.NotAfter, deed.Caller.Who, scope.Now));
        var added = addition.Entries.Select(e => e with { AddedBy = deed.Caller.Who, AddedAt = scope.Now });
        scope.State = scope.State.With(group with { Extras = [.. group.Extras.RemoveRange(replaced), .. added] });
        scope.Audit(deed with { Target = $"{group.Name} {addition.Certificate.Thumbprint}" }, $"{addition.Certificate.Subject}, {addition.Entries.Count} entries");
        await TrustListChange.MarkAsync(scope, group.Id, cancellationToken);
    }

    private static async Task RemoveAsync(WriteScope scope, Deed deed, string? groupName, string thumbprint, bool trusted, CancellationToken cancellationToken)
    {
        var group = scope.State.DemandGroup(groupName);
        var gone = TrustListRemoval.Check(group, thumbprint, trusted);
        await RemoveRowsAsync(scope, group, gone, cancellationToken);
        scope.State = scope.State.With(group with { Extras = group.Extras.RemoveRange(gone) });
        scope.Audit(deed, gone[0].Subject);
        await InboxDecisions.TakeBackAsync(scope, group.Name, gone[0].Der, cancellationToken);
        await TrustListChange.MarkAsync(scope, group.Id, cancellationToken);
    }

    private static async Task RemoveRowsAsync(WriteScope scope, GroupState group, IReadOnlyList<ExtraEntry> gone, CancellationToken cancellationToken)
    {
        foreach (var e in gone)
        {
            var row = await scope.Db.TrustListEntries
                .SingleAsync(r => r.GroupId == group.Id && r.Part == e.Part && r.Thumbprint == e.Thumbprint, cancellationToken);
            scope.Db.TrustListEntries.Remove(row);
        }
        // The unique index would see an entry that is replaced by itself twice.
        if (gone.Count > 0) await scope.Db.SaveChangesAsync(cancellationToken);
    }
}

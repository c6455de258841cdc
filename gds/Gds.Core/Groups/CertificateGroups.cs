using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Groups;

/// <summary>A certificate group as faces show it.</summary>
public sealed record GroupView(
    string Name, uint Purpose, IReadOnlyList<uint> TypeIds, int Members, DateTime TrustListUpdatedAt, IReadOnlyList<AuthorityView> Authorities);

/// <summary>A CA of a group, with its current CRL; DER each.</summary>
public sealed record AuthorityView(
    AuthorityState State, string Subject, string Thumbprint, string Sha256, DateTime NotBefore, DateTime NotAfter, byte[] Certificate,
    long? CrlNumber, DateTime? CrlThisUpdate, DateTime? CrlNextUpdate, byte[]? Crl);

/// <summary>The certificate groups (Part 12, 7.8.3) and who belongs to them.</summary>
public sealed class CertificateGroups
{
    public const string Default = GdsState.DefaultGroup;

    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;

    internal CertificateGroups(LiveState live, WriteGate gate, Auditor auditor) => (_live, _gate, _auditor) = (live, gate, auditor);

    /// <summary>All groups with their CAs; public knowledge.</summary>
    public IReadOnlyList<GroupView> List() => [.. _live.Current.Groups.Values.Select(View)];

    public GroupView Get(string? group) => View(_live.Current.DemandGroup(group));

    /// <summary>Puts an application into a group or takes it out; for the CertificateAuthorityAdmin.</summary>
    public Task AssignAsync(Caller caller, Guid applicationId, string group, bool member, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, member ? "group.assign" : "group.unassign", $"{applicationId} {AuditText.Of(group)}");
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Role(caller, GdsRoles.CertificateAuthorityAdmin, "Assigning a group");
            await _gate.WriteAsync((scope, ct) => AssignAsync(scope, deed, applicationId, group, member, ct), cancellationToken);
        }, cancellationToken);
    }

    private static async Task AssignAsync(WriteScope scope, Deed deed, Guid applicationId, string groupName, bool member, CancellationToken cancellationToken)
    {
        if (scope.State.Directory.Find(applicationId) is null) throw Demands.NoSuchApplication(applicationId);
        var group = scope.State.DemandGroup(groupName);
        if (group.Members.Contains(applicationId) == member) return;
        var rows = scope.Db.GroupMemberships;
        if (member) rows.Add(new GroupMembership(applicationId, group.Id, scope.Now));
        else rows.Remove(await rows.SingleAsync(m => m.ApplicationId == applicationId && m.GroupId == group.Id, cancellationToken));
        var members = member ? group.Members.Add(applicationId) : group.Members.Remove(applicationId);
        scope.State = scope.State.With(group with { Members = members });
        scope.Audit(deed);
    }

    private static GroupView View(GroupState g) => new(
        g.Name, g.Purpose, g.Types, g.Members.Count, g.TrustListUpdatedAt, [.. g.Authorities.Select(a => new AuthorityView(
            a.State, a.Certificate.Subject, a.Certificate.Thumbprint, a.Certificate.Sha256, a.Certificate.NotBefore.UtcDateTime,
            a.Certificate.NotAfter.UtcDateTime, a.Certificate.Der, (long?)a.Crl?.Number, a.Crl?.ThisUpdate.UtcDateTime,
            a.Crl?.NextUpdate?.UtcDateTime, a.Crl?.Der))]);
}

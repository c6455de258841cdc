using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gds.Core.Sync;

/// <summary>The recurring work about members: notices who stays out of sync for too long, and stores when who was heard of.</summary>
public sealed class SyncWatch
{
    private const int Step = 200;
    private const int MostLogged = 20;

    private readonly SyncRegister _register;
    private readonly SyncContacts _contacts;
    private readonly WriteGate _gate;
    private readonly ILogger<SyncWatch> _log;

    internal SyncWatch(SyncRegister register, SyncContacts contacts, WriteGate gate, ILogger<SyncWatch> log)
        => (_register, _contacts, _gate, _log) = (register, contacts, gate, log);

    /// <summary>
    /// Records each member that has become overdue, or is not any more, since the last look; gives those that have become so.
    /// Costs no query while there is none.
    /// </summary>
    public async Task<IReadOnlyList<MemberSync>> CheckAsync(CancellationToken cancellationToken)
    {
        var changed = _register.OverdueChanges();
        List<MemberSync> overdue = [];
        foreach (var part in changed.Chunk(Step))
            overdue.AddRange(await _gate.WriteAsync((scope, ct) => RecordAsync(scope, part, ct), cancellationToken));
        foreach (var member in overdue.Take(MostLogged))
            _log.MemberOverdue(member.ApplicationUri, member.Group, member.OutOfSyncSince!.Value, member.Reason ?? member.State.ToString());
        if (overdue.Count > MostLogged) _log.MembersOverdue(overdue.Count - MostLogged);
        return overdue;
    }

    /// <summary>Stores when applications were heard of, and verified, since the last time.</summary>
    public Task SaveContactsAsync(CancellationToken cancellationToken) => _contacts.SaveAsync(cancellationToken);

    private async Task<List<MemberSync>> RecordAsync(WriteScope scope, (Guid Application, int Group)[] members, CancellationToken cancellationToken)
    {
        var ids = members.Select(m => m.Application).Distinct().ToArray();
        var rows = await scope.Db.MemberReports.Where(r => ids.Contains(r.ApplicationId)).ToListAsync(cancellationToken);
        List<MemberSync> overdue = [];
        foreach (var row in rows)
            if (members.Contains((row.ApplicationId, row.GroupId)) && _register.RecordOverdue(scope, row) is { Overdue: true } member) overdue.Add(member);
        return overdue;
    }
}

using System.Collections.Concurrent;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Sync;

/// <summary>
/// When applications were heard of, and their certificates verified, last. Kept in memory, so that a report without news
/// costs no write; stored in a batch now and then, and at the end. A crash loses the times since the last batch, nothing else.
/// </summary>
internal sealed class SyncContacts : IDisposable
{
    private const int Step = 500;

    private readonly ConcurrentDictionary<Guid, DateTime> _heard = [];
    private readonly ConcurrentDictionary<(Guid Application, int Group), DateTime> _verified = [];
    private readonly ConcurrentDictionary<Guid, bool> _unsavedContacts = [];
    private readonly ConcurrentDictionary<(Guid Application, int Group), bool> _unsavedVerified = [];

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly WriteGate _gate;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;

    public SyncContacts(IDbContextFactory<GdsDbContext> factory, WriteGate gate, GdsEvents events, TimeProvider time)
    {
        (_factory, _gate, _time) = (factory, gate, time);
        _subscription = events.Subscribe(happened =>
        {
            if (happened is ApplicationChanged { Change: ApplicationChange.Unregistered } gone) Forget(gone.ApplicationId);
        });
    }

    public DateTime? LastContact(Guid applicationId) => _heard.TryGetValue(applicationId, out var at) ? at : null;

    /// <summary>The later of what is stored and what was reported since.</summary>
    public DateTime? Verified(Guid applicationId, int groupId, DateTime? stored)
        => _verified.TryGetValue((applicationId, groupId), out var at) && (stored is null || at > stored) ? at : stored;

    /// <summary>For applications that are registered only, so that the memory is bounded by them.</summary>
    public void Heard(Guid applicationId)
    {
        Forward(_heard, applicationId, _time.GetUtcNow().UtcDateTime);
        _unsavedContacts[applicationId] = true;
    }

    public void Verify(Guid applicationId, int groupId, DateTime at)
    {
        Forward(_verified, (applicationId, groupId), at);
        _unsavedVerified[(applicationId, groupId)] = true;
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        foreach (var row in await db.ApplicationContacts.AsNoTracking().ToListAsync(cancellationToken))
            Forward(_heard, row.ApplicationId, row.LastContactAt);
    }

    /// <summary>Stores what is new since the last time.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var contacts = Taken(_unsavedContacts);
        var verified = Taken(_unsavedVerified);
        try
        {
            foreach (var part in contacts.Chunk(Step)) await _gate.WriteAsync((scope, ct) => SaveContactsAsync(scope, part, ct), cancellationToken);
            foreach (var part in verified.Chunk(Step)) await _gate.WriteAsync((scope, ct) => SaveVerifiedAsync(scope, part, ct), cancellationToken);
        }
        catch (Exception e) when (e is GdsProblem or OperationCanceledException)
        {
            foreach (var id in contacts) _unsavedContacts[id] = true;
            foreach (var key in verified) _unsavedVerified[key] = true;
            throw;
        }
    }

    public void Dispose() => _subscription.Dispose();

    private void Forget(Guid applicationId)
    {
        _heard.TryRemove(applicationId, out _);
        foreach (var key in _verified.Keys.Where(k => k.Application == applicationId)) _verified.TryRemove(key, out _);
    }

    // Marks go before the times are read: one that is set meanwhile is left for the next batch.
    private static List<TKey> Taken<TKey>(ConcurrentDictionary<TKey, bool> marks) where TKey : notnull
        => [.. marks.Keys.Where(k => marks.TryRemove(k, out _))];

    private async Task SaveContactsAsync(WriteScope scope, Guid[] ids, CancellationToken cancellationToken)
    {
        var rows = await scope.Db.ApplicationContacts.Where(c => ids.Contains(c.ApplicationId)).ToDictionaryAsync(c => c.ApplicationId, cancellationToken);
        foreach (var id in ids)
        {
            if (scope.State.Directory.Find(id) is null || LastContact(id) is not { } at) continue; // unregistered meanwhile
            if (rows.TryGetValue(id, out var row)) row.Heard(at);
            else scope.Db.ApplicationContacts.Add(new ApplicationContact(id, at));
        }
    }

    private async Task SaveVerifiedAsync(WriteScope scope, (Guid Application, int Group)[] keys, CancellationToken cancellationToken)
    {
        var ids = keys.Select(k => k.Application).Distinct().ToArray();
        var rows = await scope.Db.MemberReports.Where(r => ids.Contains(r.ApplicationId)).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            row.Verified(Verified(row.ApplicationId, row.GroupId, row.VerifiedAt));
            var entry = MemberEntry(scope, row);
            scope.State = scope.State with { Sync = scope.State.Sync.With(entry) };
        }
    }

    private static State.MemberEntry MemberEntry(WriteScope scope, MemberReport row)
        => (scope.State.Sync.Find(row.ApplicationId, row.GroupId) ?? State.MemberEntry.Of(row)) with { VerifiedAt = row.VerifiedAt };

    private static void Forward<TKey>(ConcurrentDictionary<TKey, DateTime> times, TKey key, DateTime at) where TKey : notnull
        => times.AddOrUpdate(key, at, (_, old) => at > old ? at : old);
}

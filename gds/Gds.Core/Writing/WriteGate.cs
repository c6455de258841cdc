using Gds.Core.State;
using Gds.Store;
using Gds.Store.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Gds.Core.Writing;

/// <summary>
/// The one writer of the database. Whoever comes while nobody writes does so at once, on its own thread; units that wait
/// meanwhile share one transaction, so one durable commit, each behind a savepoint of its own. The state is swapped once the
/// commit is on disk.
/// </summary>
internal sealed class WriteGate : IAsyncDisposable
{
    private const int LargestBatch = 64;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly GdsEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<WriteGate> _log;
    private readonly Lock _entry = new();
    private readonly Queue<IUnit> _waiting = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isWriting;
    private bool _isClosing;
    private GdsDbContext? _db; // of whoever writes; given up after a failure
    private bool? _isDurable; // what its connection is set to, once it has been

    public WriteGate(IDbContextFactory<GdsDbContext> factory, LiveState live, GdsEvents events, TimeProvider time, ILogger<WriteGate> log)
        => (_factory, _live, _events, _time, _log) = (factory, live, events, time, log);

    /// <summary>
    /// Runs the unit in a transaction and returns once it is durable. A unit that throws leaves nothing behind.
    /// A unit must not write through the gate itself. Cancelling counts only until the unit begins.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
        => WriteAsync(new Unit<T>(unit, isDurable: true, cancellationToken));

    /// <summary>
    /// The same for a change that may be forgotten if the power fails in the next moment, and is not if the process ends: it
    /// need not wait for the disk.
    /// </summary>
    public Task<T> NoteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
        => WriteAsync(new Unit<T>(unit, isDurable: false, cancellationToken));

    private async Task<T> WriteAsync<T>(Unit<T> own)
    {
        if (Enter(own)) await WriteNextAsync();
        return await own.Task;
    }

    public Task WriteAsync(Func<WriteScope, CancellationToken, Task> unit, CancellationToken cancellationToken)
        => WriteAsync(async (scope, ct) => { await unit(scope, ct); return true; }, cancellationToken);

    /// <summary>Writes what waits; whatever comes later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_entry)
        {
            _isClosing = true;
            if (!_isWriting) _closed.TrySetResult();
        }
        await _closed.Task;
        await ForgetContextAsync();
    }

    /// <summary>True where the caller is to write now.</summary>
    private bool Enter(IUnit unit)
    {
        lock (_entry)
        {
            if (_isClosing) throw new GdsProblem(ProblemKind.Unavailable, "The GDS is stopping and takes no more changes.");
            _waiting.Enqueue(unit);
            if (_isWriting) return false;
            _isWriting = true;
            return true;
        }
    }

    /// <summary>False where others wait: then the turn is still the caller's, to pass on.</summary>
    private bool Leave()
    {
        lock (_entry)
        {
            if (_waiting.Count > 0) return false;
            _isWriting = false;
            if (_isClosing) _closed.TrySetResult();
            return true;
        }
    }

    private List<IUnit> TakeBatch()
    {
        var batch = new List<IUnit>();
        lock (_entry)
        {
            while (batch.Count < LargestBatch && _waiting.TryDequeue(out var unit))
            {
                if (unit.MayBegin()) batch.Add(unit);
            }
        }
        return batch;
    }

    /// <summary>Writes one batch; the next one is not for this caller to wait for.</summary>
    private async Task WriteNextAsync()
    {
        try
        {
            await WriteBatchAsync(TakeBatch());
        }
        finally
        {
            if (!Leave()) _ = Task.Run(WriteNextAsync, CancellationToken.None);
        }
    }

    private async Task WriteBatchAsync(List<IUnit> batch)
    {
        if (batch.Count == 0) return;
        var done = new List<(IUnit Unit, IReadOnlyList<GdsEvent> Events)>(batch.Count);
        try
        {
            var db = await ContextAsync(durable: batch.Exists(u => u.IsDurable));
            await using var transaction = await db.Database.BeginTransactionAsync();
            var state = _live.Current;
            foreach (var unit in batch)
            {
                var scope = new WriteScope(db, state, _time.GetUtcNow().UtcDateTime);
                if (!await TryRunAsync(unit, scope, transaction, isAlone: batch.Count == 1)) continue;
                state = scope.State;
                done.Add((unit, scope.Events));
            }
            if (done.Count > 0) await transaction.CommitAsync();
            _live.Publish(state);
        }
        catch (Exception e) // whatever it was, nothing of this batch is stored, and each of its callers hears of it
        {
            _log.BatchFailed(e, batch.Count);
            var problem = new GdsProblem(ProblemKind.Unavailable, "The database could not store the change; nothing was changed.", e);
            foreach (var unit in batch) unit.Fail(problem);
            await ForgetContextAsync();
            return;
        }
        foreach (var (unit, events) in done)
        {
            _events.Publish(events);
            unit.Succeed();
        }
    }

    /// <summary>A unit that has the transaction for itself needs no savepoint: where it fails, nothing is committed.</summary>
    private async Task<bool> TryRunAsync(IUnit unit, WriteScope scope, IDbContextTransaction transaction, bool isAlone)
    {
        if (!isAlone) await transaction.CreateSavepointAsync("unit");
        try
        {
            await unit.RunAsync(scope, CancellationToken.None);
            await scope.Db.SaveChangesAsync();
            if (!isAlone) await transaction.ReleaseSavepointAsync("unit");
            return true;
        }
        catch (Exception e) // becomes the answer of this unit alone; what it wrote is undone
        {
            if (!isAlone)
            {
                await transaction.RollbackToSavepointAsync("unit");
                await transaction.ReleaseSavepointAsync("unit");
            }
            unit.Fail(Explain(e));
            return false;
        }
        finally
        {
            scope.Db.ChangeTracker.Clear();
        }
    }

    /// <summary>The context of the writer, with its connection held open from one transaction to the next.</summary>
    private async Task<GdsDbContext> ContextAsync(bool durable)
    {
        if (_db is null)
        {
            (_db, _isDurable) = (await _factory.CreateDbContextAsync(), null);
            _db.Database.AutoSavepointsEnabled = false; // each unit has its own
            await _db.Database.OpenConnectionAsync();
        }
        if (_isDurable != durable)
        {
            await _db.WaitForDiskAsync(durable);
            _isDurable = durable;
        }
        return _db;
    }

    private async Task ForgetContextAsync()
    {
        if (_db is not { } db) return;
        _db = null;
        await db.DisposeAsync();
    }

    private Exception Explain(Exception e)
    {
        if (e is GdsProblem) return e;
        if (e is IllegalMoveException) return new GdsProblem(ProblemKind.InvalidState, e.Message, e);
        _log.UnitFailed(e);
        return e is DbUpdateException or SqliteException
            ? new GdsProblem(ProblemKind.Unavailable, "The database could not store the change; nothing was changed.", e)
            : e;
    }
}

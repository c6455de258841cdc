using System.Threading.Channels;
using Gds.Core.State;
using Gds.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Gds.Core.Writing;

/// <summary>
/// The one writer of the database. Units that wait at the same time share one transaction, so one
/// durable commit, each behind a savepoint of its own; the state is swapped once the commit is on disk.
/// </summary>
internal sealed class WriteGate : IAsyncDisposable
{
    private const int LargestBatch = 64;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly GdsEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<WriteGate> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<IUnit> _queue = Channel.CreateUnbounded<IUnit>(new() { SingleReader = true });
    private readonly Task _loop;

    public WriteGate(IDbContextFactory<GdsDbContext> factory, LiveState live, GdsEvents events, TimeProvider time, ILogger<WriteGate> log)
    {
        (_factory, _live, _events, _time, _log) = (factory, live, events, time, log);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>
    /// Runs the unit in a transaction and returns once it is durable. A unit that throws leaves nothing behind.
    /// A unit must not write through the gate itself. Cancelling counts only until the unit begins.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
    {
        var waiting = new Unit<T>(unit, cancellationToken);
        if (!_queue.Writer.TryWrite(waiting)) throw new GdsProblem(ProblemKind.Unavailable, "The GDS is stopping and takes no more changes.");
        return waiting.Task;
    }

    public Task WriteAsync(Func<WriteScope, CancellationToken, Task> unit, CancellationToken cancellationToken)
        => WriteAsync(async (scope, ct) => { await unit(scope, ct); return true; }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete()) return;
        await _loop;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<IUnit>(LargestBatch);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var unit))
            {
                if (unit.MayBegin()) batch.Add(unit);
            }
            if (batch.Count > 0) await WriteBatchAsync(batch);
        }
    }

    private async Task WriteBatchAsync(List<IUnit> batch)
    {
        var done = new List<(IUnit Unit, IReadOnlyList<GdsEvent> Events)>(batch.Count);
        try
        {
            await using var db = await _factory.CreateDbContextAsync(_stopping.Token);
            db.Database.AutoSavepointsEnabled = false; // each unit has its own
            await using var transaction = await db.Database.BeginTransactionAsync(_stopping.Token);
            var state = _live.Current;
            foreach (var unit in batch)
            {
                var scope = new WriteScope(db, state, _time.GetUtcNow().UtcDateTime);
                if (!await TryRunAsync(unit, scope, transaction)) continue;
                state = scope.State;
                done.Add((unit, scope.Events));
            }
            await transaction.CommitAsync(_stopping.Token);
            _live.Publish(state);
        }
        catch (Exception e) // whatever it was, nothing of this batch is stored, and each of its callers hears of it
        {
            _log.BatchFailed(e, batch.Count);
            var problem = new GdsProblem(ProblemKind.Unavailable, "The database could not store the change; nothing was changed.", e);
            foreach (var unit in batch) unit.Fail(problem);
            return;
        }
        foreach (var (unit, events) in done)
        {
            _events.Publish(events);
            unit.Succeed();
        }
    }

    private async Task<bool> TryRunAsync(IUnit unit, WriteScope scope, IDbContextTransaction transaction)
    {
        await transaction.CreateSavepointAsync("unit", _stopping.Token);
        try
        {
            await unit.RunAsync(scope, _stopping.Token);
            await scope.Db.SaveChangesAsync(_stopping.Token);
            await transaction.ReleaseSavepointAsync("unit", _stopping.Token);
            return true;
        }
        catch (Exception e) // becomes the answer of this unit alone; the savepoint undoes what it wrote
        {
            await transaction.RollbackToSavepointAsync("unit", _stopping.Token);
            await transaction.ReleaseSavepointAsync("unit", _stopping.Token);
            unit.Fail(Explain(e));
            return false;
        }
        finally
        {
            scope.Db.ChangeTracker.Clear();
        }
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

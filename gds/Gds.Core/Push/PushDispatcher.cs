using System.Collections.Concurrent;
using System.Threading.Channels;
using Gds.Core.Applications;
using Gds.Core.Certificates;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gds.Core.Push;

/// <summary>
/// Starts the runs: at once when a trust list changes, again after a failure, and what was left by a stop. Several targets
/// at a time, one run for each. Everything that it knows is in the database.
/// </summary>
public sealed class PushDispatcher : IAsyncDisposable
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    /// <summary>How often a target is looked at for an application without a certificate; it may not show that one at all.</summary>
    private static readonly TimeSpan s_newcomers = TimeSpan.FromHours(24);

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly GdsEvents _events;
    private readonly PushRuns _runs;
    private readonly PushJob _job;
    private readonly PushOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PushDispatcher> _log;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<Guid, Task> _running = [];
    private readonly ConcurrentQueue<Guid> _grown = [];
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _subscription;
    private Task _loop = Task.CompletedTask;
    private int _news = (int)PushReason.OutOfDate;

    internal PushDispatcher(
        IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, GdsEvents events, PushRuns runs, PushJob job, PushOptions options, TimeProvider time, ILogger<PushDispatcher> log)
        => (_factory, _live, _gate, _events, _runs, _job, _options, _time, _log) = (factory, live, gate, events, runs, job, options, time, log);

    /// <summary>Takes up what a stop has left, and goes on until <see cref="StopAsync"/>.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var left = await _runs.InterruptAsync([], cancellationToken);
        if (left > 0) _log.PushesTakenUp(left);
        _subscription = _events.Subscribe(Hear);
        _loop = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Ends the runs where they are; the next start takes them up.</summary>
    public async Task StopAsync()
    {
        _subscription?.Dispose();
        if (!_stop.IsCancellationRequested) await _stop.CancelAsync();
        await _loop;
    }

    /// <summary>Queues a run for every target where a certificate is due. Gives their number.</summary>
    public async Task<int> QueueDueAsync(CancellationToken cancellationToken)
    {
        var (state, now) = (_live.Current, _time.GetUtcNow().UtcDateTime);
        var queued = await QueueAsync(PushReason.Expiry, t => t.RetryAt is null && IsDue(state, t, now), cancellationToken);
        if (queued > 0) Wake();
        return queued;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static bool IsDue(GdsState state, PushTarget target, DateTime now)
    {
        var withNewcomers = target.ConfirmedAt is not { } at || now - at >= s_newcomers;
        return state.Grants.Of(target.ApplicationId).Append(target.ApplicationId)
            .Select(state.Directory.Find).OfType<ApplicationRecord>()
            .Where(a => withNewcomers || state.Certificates.Of(a.Id).Count > 0)
            .Any(a => state.Groups.Values.Any(g => g.Members.Contains(a.Id) && g.Types.Any(t => Renewal.IsDue(state, a, g, t, now))));
    }

    private void Hear(GdsEvent happened)
    {
        switch (happened)
        {
            case CertificateRevoked:
                Interlocked.Exchange(ref _news, (int)PushReason.Revocation);
                break;
            case TrustListChanged:
                Interlocked.CompareExchange(ref _news, (int)PushReason.TrustListChanged, -1);
                break;
            case PushTargetChanged:
                Interlocked.CompareExchange(ref _news, (int)PushReason.OutOfDate, -1);
                break;
            case AdminGranted granted:
                _grown.Enqueue(granted.ClientId);
                break;
            case PushQueued:
                break;
            default:
                return;
        }
        Wake();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (Interlocked.Exchange(ref _news, -1) is >= 0 and var news)
                    await QueueAsync((PushReason)news, t => t.ConfirmedVersion < PushTargets.VersionOf(_live.Current), _stop.Token);
                await QueueGrownAsync(_stop.Token);
                await RetryAsync(_stop.Token);
                await BeginAsync(_stop.Token);
                await WaitAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) // the loop must outlive whatever the database or a defect does to one round
            {
                _log.PushRoundFailed(e);
                if (!await DelayAsync(TimeSpan.FromSeconds(1))) break;
            }
        }
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<int> QueueAsync(PushReason reason, Func<PushTarget, bool> isMeant, CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        var targets = (await scope.Db.PushTargets.AsNoTracking().ToListAsync(ct)).Where(isMeant).ToList();
        foreach (var target in targets) await PushRuns.QueueAsync(scope, target.Id, reason, renew: false, Caller.Gds.Who, ct);
        return targets.Count;
    }, cancellationToken);

    /// <summary>Targets that were given another application; what a stop loses of them is found as due.</summary>
    private async Task QueueGrownAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> grown = [];
        while (_grown.TryDequeue(out var id)) grown.Add(id);
        if (grown.Count > 0) await QueueAsync(PushReason.OutOfDate, t => grown.Contains(t.ApplicationId), cancellationToken);
    }

    /// <summary>Targets whose wait is over, and those that a change passed while they were being pushed to.</summary>
    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var version = PushTargets.VersionOf(_live.Current);
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var due = await db.PushTargets.AsNoTracking()
            .Where(t => t.RetryAt != null ? t.RetryAt <= now : t.ConfirmedVersion < version)
            .Where(t => !db.PushRuns.Any(r => r.TargetId == t.Id && (r.State == PushRunState.Queued || r.State == PushRunState.Running)))
            .Select(t => t.Id).ToListAsync(cancellationToken);
        if (due.Count > 0) await QueueAsync(PushReason.Retry, t => due.Contains(t.Id), cancellationToken);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var over in _running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList()) _running.Remove(over);
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        await TakeUpAsync(db, cancellationToken);
        var queued = await db.PushRuns.AsNoTracking().Where(r => r.State == PushRunState.Queued)
            .OrderBy(r => r.CreatedAt).Select(r => new { r.Id, r.TargetId }).ToListAsync(cancellationToken);
        foreach (var next in queued)
        {
            if (_running.Count >= _options.Parallel) return;
            if (_running.ContainsKey(next.TargetId)) continue;
            var run = Task.Run(() => OneAsync(next.Id), CancellationToken.None);
            _running[next.TargetId] = run;
            _ = WakeAfterAsync(run);
        }
    }

    // Woken from within the run, the loop could find it not yet ended and leave the target's next one until the longest wait is over.
    private async Task WakeAfterAsync(Task run)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Wake();
    }

    /// <summary>A run whose end could not be stored, such as on a full disk, would keep every other one from its target.</summary>
    private async Task TakeUpAsync(GdsDbContext db, CancellationToken cancellationToken)
    {
        var underWay = _running.Keys.ToList();
        if (!await db.PushRuns.AnyAsync(r => r.State == PushRunState.Running && !underWay.Contains(r.TargetId), cancellationToken)) return;
        _log.PushesTakenUp(await _runs.InterruptAsync(underWay, cancellationToken));
    }

    private async Task OneAsync(Guid runId)
    {
        try
        {
            if (await _runs.BeginAsync(runId, _stop.Token) is not var (run, target)) return;
            _log.PushBegins(runId, target.EndpointUrl, run.Reason);
            if (await _job.RunAsync(run, target, _stop.Token)) _log.PushDone(runId, target.EndpointUrl);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _log.PushStopped(runId);
        }
        catch (Exception e) // a defect ends this run only
        {
            _log.PushBroke(e, runId);
            await _runs.EndAsync(runId, null, $"A defect of the GDS: {e.GetType().Name}; its log says more.", _options.RetryAfter, CancellationToken.None);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = s_longestWait;
        await using (var db = await _factory.CreateDbContextAsync(cancellationToken))
        {
            if (await db.PushTargets.AsNoTracking().MinAsync(t => t.RetryAt, cancellationToken) is { } next)
                wait = TimeSpan.FromTicks(Math.Clamp((next - _time.GetUtcNow().UtcDateTime).Ticks, TimeSpan.FromMilliseconds(50).Ticks, s_longestWait.Ticks));
        }
        using var timer = new CancellationTokenSource(wait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<bool> DelayAsync(TimeSpan delay)
    {
        await Task.Delay(delay, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stop.IsCancellationRequested;
    }
}

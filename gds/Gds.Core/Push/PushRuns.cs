using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Push;

/// <summary>The runs: asked for by people and by what happens, and what came of each.</summary>
public sealed class PushRuns
{
    private const int KeptRuns = 100;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;

    internal PushRuns(IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, Auditor auditor)
        => (_factory, _live, _gate, _auditor) = (factory, live, gate, auditor);

    /// <summary>Queues a run for a target, or joins the one that is queued; gives its id.</summary>
    /// <param name="caller">A CertificateAuthorityAdmin or SecurityAdmin.</param>
    /// <param name="applicationId">The application of the target.</param>
    /// <param name="renew">Certificates are replaced whether they are due or not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Guid> RequestAsync(Caller caller, Guid applicationId, bool renew, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "push.run", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.AnyRole(caller, GdsRoles.CertificateAuthorityAdmin | GdsRoles.SecurityAdmin, "Starting a push");
            return await _gate.WriteAsync(async (scope, ct) =>
            {
                var target = await scope.Db.PushTargets.SingleOrDefaultAsync(t => t.ApplicationId == applicationId, ct)
                    ?? throw GdsProblem.NotFound($"The application {applicationId} is no push target.");
                var run = await QueueAsync(scope, target.Id, PushReason.Manual, renew, caller.Who, ct);
                scope.Audit(deed, $"run {run.Id}{(renew ? ", with new certificates" : "")}");
                scope.Tell(new PushQueued(run.Id));
                return run.Id;
            }, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Runs, newest first, of one application or all.</summary>
    public async Task<IReadOnlyList<PushRunView>> ListAsync(Caller caller, Guid? applicationId, int max, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, GdsRoles.All, "Listing pushes");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from run in db.PushRuns.AsNoTracking()
            join target in db.PushTargets.AsNoTracking() on run.TargetId equals target.Id
            where applicationId == null || target.ApplicationId == applicationId
            orderby run.CreatedAt descending
            select new { run, target.ApplicationId }).Take(max).ToListAsync(cancellationToken);
        return rows.ConvertAll(r => View(r.run, r.ApplicationId));
    }

    public async Task<PushRunView> GetAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, GdsRoles.All, "Showing a push");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var run = await db.PushRuns.AsNoTracking().Include(r => r.Steps).SingleOrDefaultAsync(r => r.Id == runId, cancellationToken)
            ?? throw GdsProblem.NotFound($"There is no push run {runId}.");
        return View(run, await db.PushTargets.Where(t => t.Id == run.TargetId).Select(t => t.ApplicationId).SingleAsync(cancellationToken));
    }

    /// <summary>The queued run of a target, made if there is none.</summary>
    internal static async Task<PushRun> QueueAsync(WriteScope scope, Guid targetId, PushReason reason, bool renew, string by, CancellationToken cancellationToken)
    {
        var queued = scope.Db.PushRuns.Local.FirstOrDefault(r => r.TargetId == targetId && r.State == PushRunState.Queued)
            ?? await scope.Db.PushRuns.SingleOrDefaultAsync(r => r.TargetId == targetId && r.State == PushRunState.Queued, cancellationToken);
        if (queued is not null)
        {
            queued.Add(renew);
            return queued;
        }
        var run = new PushRun(Guid.CreateVersion7(scope.Now), targetId, reason, renew, by, scope.Now);
        scope.Db.PushRuns.Add(run);
        return run;
    }

    /// <summary>Marks a queued run as begun and gives it with its target; null where either is gone.</summary>
    internal Task<(PushRun Run, PushTarget Target)?> BeginAsync(Guid runId, CancellationToken cancellationToken)
        => _gate.WriteAsync<(PushRun, PushTarget)?>(async (scope, ct) =>
        {
            var run = await scope.Db.PushRuns.SingleOrDefaultAsync(r => r.Id == runId && r.State == PushRunState.Queued, ct);
            if (run is null) return null;
            run.Begin(scope.Now);
            return (run, await scope.Db.PushTargets.AsNoTracking().SingleAsync(t => t.Id == run.TargetId, ct));
        }, cancellationToken);

    internal Task NoteAsync(PushStep step, CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        var run = await scope.Db.PushRuns.SingleOrDefaultAsync(r => r.Id == step.RunId, ct);
        if (run is null) return;
        run.Note(step);
        scope.Db.Add(step);
    }, cancellationToken);

    /// <summary>Ends a run: the target is confirmed, or retried later.</summary>
    internal Task EndAsync(Guid runId, long? confirmedVersion, string text, Func<int, TimeSpan> retryAfter, CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        var run = await scope.Db.PushRuns.SingleOrDefaultAsync(r => r.Id == runId, ct);
        if (run is null) return;
        var target = await scope.Db.PushTargets.SingleAsync(t => t.Id == run.TargetId, ct);
        var record = scope.State.Directory.Find(target.ApplicationId);
        var deed = new Deed(Caller.Gds, "push.end", AuditText.Of(target.ApplicationId, record?.ApplicationUri ?? ""));
        if (confirmedVersion is { } version)
        {
            run.Succeed(text, scope.Now);
            target.Confirm(version, scope.Now);
            scope.Audit(deed, $"run {run.Id}: {text}");
        }
        else
        {
            var before = target.FailedRuns == 0 ? null : await scope.Db.PushRuns.Where(r => r.TargetId == target.Id && r.State == PushRunState.Failed)
                .OrderByDescending(r => r.CreatedAt).Select(r => r.Text).FirstOrDefaultAsync(ct);
            run.Fail(text, scope.Now);
            target.Fail(scope.Now + retryAfter(target.FailedRuns + 1));
            // A target that is away for days says the same at every retry; once is enough.
            if (text != before) scope.Audit(deed, ProblemKind.Unavailable.ToString(), $"run {run.Id}: {text}");
        }
        await DropOldAsync(scope, target.Id, ct);
    }, cancellationToken);

    /// <summary>What a stop of the GDS left running, or what could not be ended, is ended and queued again.</summary>
    /// <param name="underWay">Targets that are pushed to just now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task<int> InterruptAsync(IReadOnlyCollection<Guid> underWay, CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        var left = await scope.Db.PushRuns.Where(r => r.State == PushRunState.Running && !underWay.Contains(r.TargetId)).ToListAsync(ct);
        foreach (var run in left)
        {
            run.Interrupt(scope.Now);
            await QueueAsync(scope, run.TargetId, PushReason.Resume, run.Renew, run.RequestedBy, ct);
        }
        return left.Count;
    }, cancellationToken);

    private static async Task DropOldAsync(WriteScope scope, Guid targetId, CancellationToken cancellationToken)
    {
        var old = await scope.Db.PushRuns
            .Where(r => r.TargetId == targetId && r.State != PushRunState.Queued && r.State != PushRunState.Running)
            .OrderByDescending(r => r.CreatedAt).Skip(KeptRuns).ToListAsync(cancellationToken);
        scope.Db.PushRuns.RemoveRange(old);
    }

    private PushRunView View(PushRun r, Guid applicationId) => new(
        r.Id, applicationId, _live.Current.Directory.Find(applicationId)?.ApplicationUri ?? "", r.State, r.Reason, r.Renew, r.RequestedBy, r.CreatedAt, r.StartedAt, r.EndedAt, r.Text,
        [.. r.Steps.OrderBy(s => s.Number).Select(s => new PushStepView(s.Time, s.Kind, s.Outcome, s.ApplicationUri, s.Group, s.Text))]);
}

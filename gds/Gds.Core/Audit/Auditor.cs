using Gds.Core.Writing;

namespace Gds.Core.Audit;

/// <summary>Sees to it that a refusal leaves a row, whichever rule it came from.</summary>
internal sealed class Auditor(WriteGate gate)
{
    /// <summary>Does it; a problem is recorded durably and goes on to the caller. "Not yet" is no refusal.</summary>
    public async Task<T> RunAsync<T>(Deed deed, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action();
        }
        catch (GdsProblem problem) when (problem.Kind != ProblemKind.NothingToDo)
        {
            await RefusedAsync(deed, problem, cancellationToken);
            throw;
        }
    }

    public Task RunAsync(Deed deed, Func<Task> action, CancellationToken cancellationToken)
        => RunAsync(deed, async () => { await action(); return true; }, cancellationToken);

    /// <summary>For reads: only a refusal of access is worth a row.</summary>
    public async Task<T> ReadAsync<T>(Deed deed, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read();
        }
        catch (GdsProblem problem) when (problem.Kind is ProblemKind.AccessDenied or ProblemKind.SecurityModeInsufficient)
        {
            await RefusedAsync(deed, problem, cancellationToken);
            throw;
        }
    }

    private Task RefusedAsync(Deed deed, GdsProblem problem, CancellationToken cancellationToken)
    {
        if (problem.Kind == ProblemKind.Unavailable) return Task.CompletedTask; // the database itself is the trouble; it is logged
        return gate.WriteAsync((scope, _) =>
        {
            scope.Audit(deed, problem.Kind.ToString(), problem.Message);
            return Task.CompletedTask;
        }, cancellationToken);
    }
}

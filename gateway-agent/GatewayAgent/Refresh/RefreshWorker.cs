using GatewayAgent.Configuration;
using GatewayAgent.Gds;
using GatewayAgent.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Refresh;

/// <summary>
/// The loop of a running agent: a cycle, a wait that failures make longer, the next cycle. Whatever calls for a cycle, such as
/// an enrolment, news of the GDS or a lost session, makes the wait shorter.
/// </summary>
internal sealed class RefreshWorker(RefreshCycle cycle, Fleet fleet, StateStore state, GdsLink link, WakeSignal wake, TimeProvider time, ILogger<RefreshWorker> logger) : BackgroundService
{
    /// <summary>A session that lasted this long was a good one: its loss is the first again.</summary>
    private static readonly TimeSpan GoodSession = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenFinds = TimeSpan.FromSeconds(10);

    private AgentConfiguration _configuration = new();
    private int _failuresInARow;
    private int _lossesInARow;
    private DateTimeOffset _lastLoss;
    private DateTimeOffset _lastFind;

    /// <summary>When the next cycle begins; null while one runs.</summary>
    public DateTimeOffset? Next { get; private set; }

    public bool IsListening => link.IsListening;

    /// <summary>Begins the next cycle now.</summary>
    public void Wake() => wake.Wake(WakeReason.Asked);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        link.Keeps = true;
        try
        {
            while (!stoppingToken.IsCancellationRequested) await WaitAsync(await CycleAsync(stoppingToken), stoppingToken);
        }
        finally
        {
            await cycle.CloseAsync(CancellationToken.None);
        }
    }

    private async Task<TimeSpan> CycleAsync(CancellationToken cancellationToken)
    {
        var isWaiting = false;
        try
        {
            var result = await cycle.RunAsync(byHand: false, cancellationToken);
            if (result.Problem is { Kind: ProblemKind.NeedsEnrolment } && await state.ReadEnrolmentAsync(cancellationToken) is null) Log.NotEnrolled(logger);
            _failuresInARow = result.IsGood ? 0 : _failuresInARow + 1;
            isWaiting = result.IsWaiting;
            (_configuration, _, _) = await fleet.CurrentAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // Whatever it is, the gateways depend on the next cycle coming.
            Log.CycleBroke(logger, e);
            _failuresInARow++;
        }

        return new Backoff(_configuration).Next(_failuresInARow, isWaiting);
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        Log.NextCycle(logger, wait);
        var due = time.GetUtcNow() + wait;
        while (true)
        {
            Next = due;
            var left = due - time.GetUtcNow();
            if (left <= TimeSpan.Zero || await wake.WaitAsync(left, time, cancellationToken) is not { } reason) break;
            if (reason == WakeReason.Found && !link.IsListening) continue; // there is no GDS to tell, or the cycle that finds it again tells it
            var sooner = time.GetUtcNow() + Until(reason);
            if (sooner < due) due = sooner;
        }

        Next = null;
    }

    private TimeSpan Until(WakeReason reason)
    {
        if (reason == WakeReason.Lost)
        {
            var now = time.GetUtcNow();
            _lossesInARow = now - _lastLoss >= GoodSession ? 1 : _lossesInARow + 1;
            _lastLoss = now;
        }

        if (reason == WakeReason.Found)
        {
            // A gateway that is knocked at without end must not make a cycle of each knock.
            var now = time.GetUtcNow();
            var next = _lastFind + BetweenFinds;
            _lastFind = next > now ? next : now;
            return _lastFind - now;
        }

        return new Backoff(_configuration).Until(reason, _lossesInARow);
    }
}

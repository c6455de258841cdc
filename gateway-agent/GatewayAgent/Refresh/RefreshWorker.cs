using GatewayAgent.Configuration;
using GatewayAgent.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Refresh;

/// <summary>The loop of a running agent: a cycle, a wait that failures make longer, the next cycle. Something new, such as an enrolment, ends the wait.</summary>
internal sealed class RefreshWorker(RefreshCycle cycle, Fleet fleet, StateStore state, TimeProvider time, ILogger<RefreshWorker> logger) : BackgroundService
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private int _failuresInARow;

    /// <summary>When the next cycle begins; null while one runs.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>Begins the next cycle now.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0) _wake.Release();
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await CycleAsync(stoppingToken);
            Next = time.GetUtcNow() + wait;
            Log.NextCycle(logger, wait);
            await WaitAsync(wait, stoppingToken);
            Next = null;
        }
    }

    private async Task<TimeSpan> CycleAsync(CancellationToken cancellationToken)
    {
        var isWaiting = false;
        var configuration = new AgentConfiguration();
        try
        {
            var result = await cycle.RunAsync(byHand: false, cancellationToken);
            if (result.Problem is { Kind: ProblemKind.NeedsEnrolment } && await state.ReadEnrolmentAsync(cancellationToken) is null) Log.NotEnrolled(logger);
            _failuresInARow = result.IsGood ? 0 : _failuresInARow + 1;
            isWaiting = result.IsWaiting;
            (configuration, _, _) = await fleet.CurrentAsync(cancellationToken);
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

        return new Backoff(configuration).Next(_failuresInARow, isWaiting);
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait, time, either.Token);
        var wake = _wake.WaitAsync(either.Token);
        await Task.WhenAny(delay, wake);
        await either.CancelAsync();
        await Task.WhenAll(delay, wake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}

using Microsoft.Extensions.Time.Testing;

namespace Ua.Transport.Tests;

/// <summary>Waits for what must come true, and no longer than it takes.</summary>
internal static class Conditions
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static async Task ShouldHaveAsync(this TestServer server, Func<TransportCounts, bool> condition)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!condition(server.Channels.Counts))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"the server is left with {server.Channels.Counts}");
            await Task.Delay(1);
        }
    }

    public static Task ShouldBeEmptyAsync(this TestServer server) => server.ShouldHaveAsync(c => c.OpenConnections == 0 && c.OpenChannels == 0);

    public static async Task ShouldBecomeTrueAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!condition())
        {
            patience.IsCancellationRequested.ShouldBeFalse("the condition never came true");
            await Task.Delay(1);
        }
    }

    /// <summary>Moves the clock second by second until the task is done, or up to a limit where the task has to be done without; says how far.</summary>
    public static async Task<TimeSpan> AdvanceUntilAsync(this FakeTimeProvider time, Task task, TimeSpan? atMost = null)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var start = time.GetUtcNow();
        while (!task.IsCompleted)
        {
            patience.IsCancellationRequested.ShouldBeFalse("the clock moved and nothing happened");
            await Task.Delay(5);
            if (atMost is null || time.GetUtcNow() - start < atMost) time.Advance(TimeSpan.FromSeconds(1));
        }

        await task;
        return time.GetUtcNow() - start;
    }
}

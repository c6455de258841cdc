using TestKit.Processes;

namespace Benchmarks.Measuring;

/// <summary>The processor time that the GDS spends on something.</summary>
internal static class ServerTime
{
    private const int MostRounds = 15;
    private const double SteadyPart = 0.97;
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(2);

    /// <summary>Measures the work, and what one of it costs the server.</summary>
    public static async Task<(Rate Rate, TimeSpan ServerEach)> DuringAsync(this GdsProcess gds, Func<Task<Rate>> measure)
    {
        var before = gds.Running.ProcessorTime;
        var rate = await measure();
        return (rate, (gds.Running.ProcessorTime - before) / rate.Count);
    }

    /// <summary>
    /// Does the work until the server spends no less on it from one round to the next: a process that has just started spends
    /// half of its time on compiling itself, and what it needs after that is what it needs for the rest of its life.
    /// </summary>
    public static async Task WarmAsync(this GdsProcess gds, int lanes, Func<int, Task> work)
    {
        var least = TimeSpan.MaxValue;
        for (int round = 0, still = 0; round < MostRounds && still < 2; round++)
        {
            var (_, each) = await gds.DuringAsync(() => Rate.ForAsync(s_round, lanes, work));
            still = each > least * SteadyPart ? still + 1 : 0;
            if (each < least) least = each;
        }
    }
}

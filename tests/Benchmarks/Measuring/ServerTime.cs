using TestKit.Processes;

namespace Benchmarks.Measuring;

/// <summary>The processor time that the GDS spends on something.</summary>
internal static class ServerTime
{
    /// <summary>Measures the work, and what one of it costs the server.</summary>
    public static async Task<(Rate Rate, TimeSpan ServerEach)> DuringAsync(this GdsProcess gds, Func<Task<Rate>> measure)
    {
        var before = gds.Running.ProcessorTime;
        var rate = await measure();
        return (rate, (gds.Running.ProcessorTime - before) / rate.Count);
    }
}

using System.Diagnostics;

namespace Benchmarks.Measuring;

/// <summary>How often something was done, in which time, and with how much processor time of this process.</summary>
internal sealed record Rate(int Count, TimeSpan Time, TimeSpan Processor)
{
    public double PerSecond => Count / Time.TotalSeconds;

    /// <summary>Processor time of this process for each; what else the machine does hardly changes it.</summary>
    public TimeSpan ProcessorEach => Processor / Count;

    /// <summary>Does the work again and again on some lanes at once until the time is over. What has begun is finished and counted, with its time.</summary>
    /// <param name="lanes">How many go on at once; the work is given the number of its lane.</param>
    public static async Task<Rate> ForAsync(TimeSpan time, int lanes, Func<int, Task> work)
    {
        var (started, processor) = Begin();
        var counts = await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(started) < time; count++) await work(lane);
            return count;
        })));
        return End(counts.Sum(), started, processor);
    }

    /// <summary>Does the work for each number up to a count, spread over some lanes.</summary>
    public static async Task<Rate> OfAsync(int count, int lanes, Func<int, int, Task> work)
    {
        var next = 0;
        var (started, processor) = Begin();
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number <= count; number = Interlocked.Increment(ref next)) await work(lane, number - 1);
        })));
        return End(count, started, processor);
    }

    /// <summary>As <see cref="ForAsync"/>, for work that only computes: one thread for each lane.</summary>
    public static Rate For(TimeSpan time, int lanes, Action<int> work)
    {
        var counts = new int[lanes];
        var (started, processor) = Begin();
        var threads = Enumerable.Range(0, lanes).Select(lane => new Thread(() =>
        {
            for (; Stopwatch.GetElapsedTime(started) < time; counts[lane]++) work(lane);
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        return End(counts.Sum(), started, processor);
    }

    /// <summary>Two measurements of the same, such as before and after something else.</summary>
    public static Rate operator +(Rate one, Rate other) => new(one.Count + other.Count, one.Time + other.Time, one.Processor + other.Processor);

    private static (long Started, TimeSpan Processor) Begin() => (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    private static Rate End(int count, long started, TimeSpan processor) =>
        new(count, Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);
}

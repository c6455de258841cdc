using Benchmarks.Measuring;
using Benchmarks.Report;
using Ua.Client;
using Ua.Core;

namespace Benchmarks.Parts;

/// <summary>Read calls per second on one session: one value after the other, and with some calls on their way at once.</summary>
internal static class ReadPart
{
    private const int InFlight = 32;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(2);
    private static readonly NodeId s_currentTime = new(2258);

    public static async Task<PartResult> MeasureAsync(Scene scene)
    {
        var session = scene.Members[0].Session;
        await scene.Gds.WarmAsync(InFlight, _ => ReadAsync(session, 1));
        var one = await Rate.ForAsync(s_time, 1, _ => ReadAsync(session, 1));
        var many = await Rate.ForAsync(s_time, InFlight, _ => ReadAsync(session, 1));
        var wide = await Rate.ForAsync(s_time / 2, 1, _ => ReadAsync(session, 100));
        return new PartResult(
            "Read, on one session (SignAndEncrypt)",
            [
                new("Calls of one value, one after the other", one.PerSecond, "calls/s"),
                new($"Calls of one value, {InFlight} in flight", many.PerSecond, "calls/s"),
                new("Calls of 100 values, one after the other", wide.PerSecond, "calls/s"),
            ]);
    }

    private static async Task ReadAsync(UaSession session, int count)
    {
        var values = await session.ReadValuesAsync([.. Enumerable.Repeat(s_currentTime, count)]);
        if (values.Any(v => v.Status.IsBad)) throw new InvalidOperationException($"A value could not be read: {values[0].Status}.");
    }
}

using System.Diagnostics;
using Benchmarks.Crypto;
using Benchmarks.Fleet;
using Benchmarks.Measuring;
using Benchmarks.Report;

namespace Benchmarks.Parts;

/// <summary>
/// A fleet of agents against one GDS, with real sockets and sessions: what an idle cycle costs against the RSA operations of
/// its session, how long it takes until all of them hold a new revocation list, and what an agent costs that listens.
/// </summary>
internal static class FleetPart
{
    private const int Agents = 1_000;
    private const int Lanes = 16;
    private const int Rounds = 3;
    private const double KiB = 1024;

    /// <summary>Longer than anything here takes: a fleet that does not hear fails instead of hanging.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_limitTime = TimeSpan.FromSeconds(1);

    public static async Task<PartResult> MeasureAsync(string folder)
    {
        await using var fleet = await FleetScene.OpenAsync(folder, Agents, (2 * Rounds) + 1);
        List<Figure> figures =
        [
            new("Agents registered and certified", fleet.Enrolled.Rate.PerSecond, "/s"),
            new("Processor time of the GDS for each", fleet.Enrolled.ServerEach.TotalMilliseconds, "ms"),
        ];
        figures.AddRange(await PollingAsync(fleet));
        figures.AddRange(await ListeningAsync(fleet));
        return new PartResult($"A fleet of {Agents:N0} agents against one GDS, both on this machine", figures);
    }

    private static async Task<IReadOnlyList<Figure>> PollingAsync(FleetScene fleet)
    {
        var gds = fleet.Scene.Gds;
        var open = await WireTap.SeenAsync(fleet.Scene.Port, fleet.First.OpenAndCloseAsync);
        using var operations = new LaneOperations(1, open);
        await Rate.OfAsync(Agents, Lanes, (_, i) => fleet.Agents[i].PollAsync(fleet.Scene.Url)); // from here on each holds the list
        var bare = Rate.For(s_limitTime, 1, lane => operations[lane].OfServer());
        var (idle, serverEach) = await gds.DuringAsync(() => Rate.OfAsync(Agents, Lanes, async (_, i) =>
        {
            if (await fleet.Agents[i].PollAsync(fleet.Scene.Url)) throw new InvalidOperationException("An idle cycle read the list.");
        }));
        bare += Rate.For(s_limitTime, 1, lane => operations[lane].OfServer());

        await fleet.RevokeAsync(_ => { });
        var sweep = await Rate.OfAsync(Agents, Lanes, async (_, i) =>
        {
            if (!await fleet.Agents[i].PollAsync(fleet.Scene.Url)) throw new InvalidOperationException("A cycle did not see the new list.");
        });
        return
        [
            new("Idle cycles, polling: a session with discovery, one Read", idle.PerSecond, "cycles/s"),
            new("Processor time of the GDS per idle cycle", serverEach.TotalMilliseconds, "ms"),
            new("Processor time of the RSA operations in it, done bare", bare.ProcessorEach.TotalMilliseconds, "ms"),
            new("RSA operations against the processor time of the GDS", 100 * bare.ProcessorEach / serverEach, "%", Goal.Least(40)),
            new("Agents that one core of the GDS serves, polling hourly", TimeSpan.FromHours(1) / serverEach, "agents", Goal.Least(10_000)),
            new("Polling without pause: all hold a new revocation list after", sweep.Time.TotalSeconds, "s"),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> ListeningAsync(FleetScene fleet)
    {
        var gds = fleet.Scene.Gds;
        var before = gds.Running.WorkingSet;
        var connected = await Rate.OfAsync(Agents, Lanes, (_, i) => fleet.Agents[i].ListenAsync(fleet.Scene.Url));
        await HeldByAllAsync(fleet); // not counted: whatever runs for the first time
        await Task.Delay(s_settle);
        var memory = gds.Running.WorkingSet - before;
        var processor = gds.Running.ProcessorTime;
        await Task.Delay(s_idle);
        var idle = (gds.Running.ProcessorTime - processor) / s_idle;

        List<Heard> rounds = [];
        for (var round = 0; round < Rounds; round++) rounds.Add(await HeldByAllAsync(fleet));
        var worst = rounds.MaxBy(r => r.All)!;
        return
        [
            new("Agents that begin to listen", connected.PerSecond, "/s"),
            new("Memory of the GDS per listening agent (session, channel, subscription)", memory / KiB / Agents, "KiB", Goal.Most(100)),
            new("Processor of the GDS while all listen and nothing happens", 100 * idle, "% of a core", Goal.Most(10)),
            new($"Revoked until half of them hold the list, worst of {Rounds}", worst.Half.TotalSeconds, "s"),
            new($"Revoked until all hold the list, worst of {Rounds}", worst.All.TotalSeconds, "s", Goal.Most(5)),
            new("Processor time of the GDS per agent that fetches it", worst.ServerEach.TotalMilliseconds, "ms"),
        ];
    }

    /// <summary>Revokes, and waits until each listening agent holds the list that says so. The clock runs from the call on.</summary>
    private static async Task<Heard> HeldByAllAsync(FleetScene fleet)
    {
        Task<long>[] holding = [];
        var processor = fleet.Scene.Gds.Running.ProcessorTime;
        var started = 0L;
        await fleet.RevokeAsync(certificate =>
        {
            holding = [.. fleet.Agents.Select(a => a.HoldsAsync(certificate))];
            started = Stopwatch.GetTimestamp();
        });
        var times = (await Task.WhenAll(holding).WaitAsync(s_patience)).Select(t => Stopwatch.GetElapsedTime(started, t)).Order().ToList();
        return new Heard(times[times.Count / 2], times[^1], (fleet.Scene.Gds.Running.ProcessorTime - processor) / Agents);
    }

    private sealed record Heard(TimeSpan Half, TimeSpan All, TimeSpan ServerEach);
}

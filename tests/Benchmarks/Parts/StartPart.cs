using System.Diagnostics;
using Benchmarks.Report;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;

namespace Benchmarks.Parts;

/// <summary>Time from the start of the process to its first answer to GetEndpoints, and the memory that it uses then.</summary>
internal static class StartPart
{
    private const int Times = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static async Task<PartResult> MeasureAsync(string folder)
    {
        var existing = Path.Combine(folder, "start");
        await GdsProcess.InitAsync(existing, CancellationToken.None);
        List<(TimeSpan Time, long Memory)> warm = [], first = [];
        for (var i = 0; i < Times; i++)
        {
            warm.Add(await StartAsync(existing));
            first.Add(await StartAsync(Path.Combine(folder, $"first{i}")));
        }

        return new PartResult(
            $"Start of the process until GetEndpoints is answered (median of {Times})",
            [
                new("With an existing data folder", Median(warm.Select(s => s.Time.TotalSeconds)), "s", Goal.Most(2)),
                new("With an empty data folder: makes database, keys, CA and CRL", Median(first.Select(s => s.Time.TotalSeconds)), "s", Goal.Most(2)),
                new("Working set after that", Median(warm.Select(s => s.Memory / 1048576.0)), "MiB"),
            ]);
    }

    /// <summary>One start on a folder; the process is ended again.</summary>
    public static async Task<(TimeSpan Time, long Memory)> StartAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        await using var gds = GdsProcess.Start(folder, FreePort.Find());
        while (true)
        {
            try
            {
                await Discovery.GetEndpointsAsync(gds.EndpointUrl);
                return (Stopwatch.GetElapsedTime(started), gds.Running.WorkingSet);
            }
            catch (UaException e) when (e.StatusCode == StatusCodes.BadNotConnected && Stopwatch.GetElapsedTime(started) < s_patience)
            {
                if (gds.Running.HasExited) throw new InvalidOperationException($"gds ended by itself: {gds.Running.Said}", e);
                await Task.Delay(2);
            }
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Times / 2);
}

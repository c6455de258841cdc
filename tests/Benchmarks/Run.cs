using System.Diagnostics;
using Benchmarks.Parts;
using Benchmarks.Report;

namespace Benchmarks;

/// <summary>The whole run: a GDS is started as a process and measured part by part.</summary>
internal static class Run
{
    private const string Usage = "Usage: Benchmarks [--json]  measures a GDS process; Benchmarks micro [options of BenchmarkDotNet]  measures codec and crypto alone.";

    /// <returns>0 where everything was measured, whether goals were reached or not; 1 where the run failed; 2 for wrong arguments.</returns>
    public static async Task<int> Async(string[] args)
    {
        if (args is not ([] or ["--json"]))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var text = args.Length > 0 ? Console.Error : Console.Out;
        var started = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("gdsbench-").FullName;
        try
        {
            var parts = await MeasureAsync(folder, part => TextReport.Write(text, part));
            var took = Stopwatch.GetElapsedTime(started);
            TextReport.WriteGoals(text, parts);
            await text.WriteLineAsync($"Took {took.TotalSeconds:0} s on {Environment.ProcessorCount} cores.");
            if (args.Length > 0) JsonReport.Write(Console.Out, parts, took);
            return 0;
        }
        catch (Exception e) // the run is worth nothing then; the exit code says so
        {
            await Console.Error.WriteLineAsync($"The run failed: {e}");
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<PartResult>> MeasureAsync(string folder, Action<PartResult> say)
    {
        var parts = new List<PartResult>();
        Add(await StartPart.MeasureAsync(folder));
        await using var scene = await Scene.OpenAsync(Path.Combine(folder, "gds"));
        await scene.EnrolMembersAsync();
        Add(await SessionPart.MeasureAsync(scene));
        Add(await ReadPart.MeasureAsync(scene));
        Add(await TrustListPart.MeasureAsync(scene));
        Add(await SigningPart.MeasureAsync(scene, folder));
        foreach (var part in await DirectoryPart.MeasureAsync(scene)) Add(part);
        Add(await MemoryPart.MeasureAsync(scene));
        return parts;

        void Add(PartResult part)
        {
            parts.Add(part);
            say(part);
        }
    }
}

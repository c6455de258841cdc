using System.Diagnostics;
using Benchmarks.Parts;
using Benchmarks.Report;
using TestKit.Processes;

namespace Benchmarks;

/// <summary>The whole run: a GDS is started as a process and measured part by part.</summary>
internal static class Run
{
    private const string Usage = """
        Benchmarks [--json] [--only PART,...] [--gds FILE]   measures a GDS as a process of its own
          --json    JSON on standard output, the tables on standard error
          --only    some of: start, sessions, reads, trust-lists, signing, fleet, directory, memory
          --gds     gds.dll of another build, such as a published one
        Benchmarks micro [options of BenchmarkDotNet]        measures codec and crypto alone
        """;

    /// <returns>0 where everything was measured, whether goals were reached or not; 1 where the run failed; 2 for wrong arguments.</returns>
    public static async Task<int> Async(string[] args)
    {
        if (RunArguments.Parse(args) is not { } arguments)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var text = arguments.Json ? Console.Error : Console.Out;
        var started = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("gdsbench-").FullName;
        try
        {
            if (arguments.Gds is { } file) GdsProcess.Program = BuiltProgram.At("gds", file);
            var parts = await MeasureAsync(folder, arguments, part => TextReport.Write(text, part));
            var took = Stopwatch.GetElapsedTime(started);
            TextReport.WriteGoals(text, parts);
            await text.WriteLineAsync($"Took {took.TotalSeconds:0} s on {Environment.ProcessorCount} cores.");
            if (arguments.Json) JsonReport.Write(Console.Out, parts, took);
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

    private static async Task<List<PartResult>> MeasureAsync(string folder, RunArguments arguments, Action<PartResult> say)
    {
        var parts = new List<PartResult>();
        if (arguments.Wants("start")) Add(await StartPart.MeasureAsync(folder));
        if (arguments.Wants("fleet")) Add(await FleetPart.MeasureAsync(Path.Combine(folder, "fleet")));
        await using var scene = await Scene.OpenAsync(Path.Combine(folder, "gds"));
        await scene.EnrolMembersAsync();
        if (arguments.Wants("sessions")) Add(await SessionPart.MeasureAsync(scene));
        if (arguments.Wants("reads")) Add(await ReadPart.MeasureAsync(scene));
        if (arguments.Wants("trust-lists")) Add(await TrustListPart.MeasureAsync(scene));
        if (arguments.Wants("signing")) Add(await SigningPart.MeasureAsync(scene, folder));
        if (arguments.Wants("directory")) foreach (var part in await DirectoryPart.MeasureAsync(scene)) Add(part);
        if (arguments.Wants("memory")) Add(await MemoryPart.MeasureAsync(scene));
        return parts;

        void Add(PartResult part)
        {
            parts.Add(part);
            say(part);
        }
    }
}

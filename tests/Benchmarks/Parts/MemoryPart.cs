using Benchmarks.Report;

namespace Benchmarks.Parts;

/// <summary>Memory with the largest directory: of the process that has done all of the run, and of one that was started on it.</summary>
internal static class MemoryPart
{
    private const double MiB = 1024 * 1024;

    public static async Task<PartResult> MeasureAsync(Scene scene)
    {
        if (scene.Registered < DirectoryPart.Largest) await scene.FillAsync(DirectoryPart.Largest);
        var busy = scene.Gds.Running.WorkingSet / MiB;
        await scene.RestartAsync();
        var memory = scene.Gds.Running.WorkingSet / MiB;
        await scene.CloseAsync();
        var (time, _) = await StartPart.StartAsync(scene.DataFolder);
        return new PartResult(
            $"With {scene.Registered:N0} applications",
            [
                new("Working set after the load of this run", busy, "MiB", Goal.Most(150)),
                new("Working set after a restart", memory, "MiB", Goal.Most(150)),
                new("Start until GetEndpoints is answered", time.TotalSeconds, "s", Goal.Most(2)),
            ]);
    }
}

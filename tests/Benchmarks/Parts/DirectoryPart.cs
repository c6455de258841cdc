using Benchmarks.Measuring;
using Benchmarks.Report;
using Ua.Gds;

namespace Benchmarks.Parts;

/// <summary>RegisterApplication and QueryApplications while the directory grows to 100, 1,000 and 10,000 applications.</summary>
internal static class DirectoryPart
{
    public const int Largest = 10_000;

    private const int PageSize = 100;
    private const int Writers = 16;
    private const int Timed = 100;
    private static readonly int[] s_sizes = [100, 1_000, Largest];
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<PartResult>> MeasureAsync(Scene scene)
    {
        List<Figure> writing = [], reading = [];
        List<TimeSpan> pages = [];
        foreach (var size in s_sizes)
        {
            var commits = DurableCommits.Measure(scene.DataFolder, s_time / 2);
            var at = scene.Registered;
            var one = await Rate.OfAsync(Math.Min(Timed, size - at), 1, (_, _) => scene.RegisterAsync());
            commits += DurableCommits.Measure(scene.DataFolder, s_time / 2);
            writing.Add(new($"RegisterApplication with {at:N0} applications, one after the other", one.PerSecond, "/s"));
            writing.Add(new("  one durable SQLite commit here", commits.PerSecond, "/s"));
            writing.Add(new("  against one durable commit", 100 * one.PerSecond / commits.PerSecond, "%"));
            if (scene.Registered < size)
            {
                var many = await scene.FillAsync(size);
                writing.Add(new($"RegisterApplication up to {size:N0} applications, {Writers} in flight", many.PerSecond, "/s"));
            }

            reading.AddRange(await QueryAsync(scene, size, pages));
        }

        reading.Add(new($"Processor time for a page at {Largest:N0} applications against {s_sizes[0]}", pages[^1] / pages[0], "times", Goal.Most(1.25)));
        return
        [
            new PartResult("RegisterApplication", writing),
            new PartResult($"QueryApplications, pages of {PageSize}", reading),
        ];
    }

    /// <summary>Registers applications until the directory holds so many.</summary>
    public static Task<Rate> FillAsync(this Scene scene, int size) => Rate.OfAsync(size - scene.Registered, Writers, (_, _) => scene.RegisterAsync());

    private static async Task<List<Figure>> QueryAsync(Scene scene, int size, List<TimeSpan> pages)
    {
        await scene.Gds.WarmAsync(1, _ => scene.AnyPageAsync(size));
        var (any, serverEach) = await scene.Gds.DuringAsync(() => Rate.ForAsync(s_time, 1, _ => scene.AnyPageAsync(size)));
        pages.Add(serverEach);
        var count = 0;
        var all = await Rate.OfAsync(1, 1, async (_, _) => count = await scene.AllPagesAsync());
        if (count != size) throw new InvalidOperationException($"QueryApplications gave {count} applications, {size} are registered.");
        return
        [
            new($"Any page with {size:N0} applications", any.PerSecond, "pages/s"),
            new("  processor time of the server for it", serverEach.TotalMilliseconds, "ms"),
            new($"All pages with {size:N0} applications, one after the other", all.Time.TotalMilliseconds, "ms"),
        ];
    }

    /// <summary>A page from anywhere in the directory. Nothing was removed, so that record ids go from 1 to the number of applications.</summary>
    private static async Task AnyPageAsync(this Scene scene, int size)
    {
        var from = (uint)Random.Shared.Next(size - PageSize + 1);
        var page = await scene.Directory.QueryApplicationsAsync(new ApplicationQuery(from, PageSize));
        if (page.Applications.Count != PageSize) throw new InvalidOperationException($"The page from record {from} on has {page.Applications.Count} applications.");
    }

    private static async Task<int> AllPagesAsync(this Scene scene)
    {
        var count = 0;
        uint next = 0;
        do
        {
            var page = await scene.Directory.QueryApplicationsAsync(new ApplicationQuery(next, PageSize));
            count += page.Applications.Count;
            next = page.NextRecordId;
        }
        while (next != 0);
        return count;
    }
}

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
        List<double> pages = [];
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
                var many = await Rate.OfAsync(size - scene.Registered, Writers, (_, _) => scene.RegisterAsync());
                writing.Add(new($"RegisterApplication up to {size:N0} applications, {Writers} in flight", many.PerSecond, "/s"));
            }

            reading.AddRange(await QueryAsync(scene, size, pages));
        }

        reading.Add(new($"Page of {PageSize} at {Largest:N0} applications against {s_sizes[0]}", pages[0] / pages[^1], "times", Goal.Most(1.25)));
        return
        [
            new PartResult("RegisterApplication", writing),
            new PartResult($"QueryApplications, pages of {PageSize}", reading),
        ];
    }

    private static async Task<List<Figure>> QueryAsync(Scene scene, int size, List<double> pages)
    {
        await Rate.ForAsync(s_time / 4, 1, _ => scene.PageAsync(0));
        var first = await Rate.ForAsync(s_time, 1, _ => scene.PageAsync(0));
        pages.Add(first.PerSecond);
        var count = 0;
        var all = await Rate.OfAsync(1, 1, async (_, _) => count = await scene.AllPagesAsync());
        if (count != size) throw new InvalidOperationException($"QueryApplications gave {count} applications, {size} are registered.");
        return
        [
            new($"First page with {size:N0} applications", first.PerSecond, "pages/s"),
            new($"All pages with {size:N0} applications", all.Time.TotalMilliseconds, "ms"),
            new("  of that for one page", all.Time.TotalMilliseconds / Math.Ceiling((double)size / PageSize), "ms"),
        ];
    }

    private static async Task<uint> PageAsync(this Scene scene, uint from)
    {
        var page = await scene.Directory.QueryApplicationsAsync(new ApplicationQuery(from, PageSize));
        return page.Applications.Count == 0 ? throw new InvalidOperationException($"There is no application from record {from} on.") : page.NextRecordId;
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

using System.Runtime.InteropServices;
using System.Text.Json;

namespace Benchmarks.Report;

/// <summary>The report for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(TextWriter output, IReadOnlyList<PartResult> parts, TimeSpan took)
    {
        var report = new
        {
            Machine = new { RuntimeInformation.OSDescription, Architecture = $"{RuntimeInformation.ProcessArchitecture}", Processors = Environment.ProcessorCount, Runtime = RuntimeInformation.FrameworkDescription },
            Seconds = Math.Round(took.TotalSeconds, 1),
            Parts = parts.Select(p => new
            {
                p.Title,
                Figures = p.Figures.Select(f => new { f.Name, Value = Math.Round(f.Value, 4), f.Unit, Goal = f.Goal?.Limit, GoalIs = f.Goal is null ? null : f.Goal.AtLeast ? "least" : "most", f.Reached }),
            }),
        };
        output.WriteLine(JsonSerializer.Serialize(report, s_format));
    }
}

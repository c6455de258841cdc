using System.Globalization;

namespace Benchmarks.Report;

/// <summary>The report for people: a table for each part as soon as it is done, and the goals at the end.</summary>
internal static class TextReport
{
    public static void Write(TextWriter output, PartResult part)
    {
        output.WriteLine();
        output.WriteLine(part.Title);
        foreach (var figure in part.Figures) output.WriteLine($"  {figure.Name,-66}{Number(figure.Value),12} {figure.Unit,-12}{Verdict(figure)}".TrimEnd());
    }

    public static void WriteGoals(TextWriter output, IEnumerable<PartResult> parts)
    {
        output.WriteLine();
        output.WriteLine("Goals");
        foreach (var figure in parts.SelectMany(p => p.Figures).Where(f => f.Goal is not null))
            output.WriteLine($"  {(figure.Reached == true ? "reached" : "MISSED "),-9}{figure.Name}: {Number(figure.Value)} {figure.Unit} (goal {Wanted(figure)})");
    }

    private static string Verdict(Figure figure) => figure.Goal is null ? "" : $"goal {Wanted(figure)}: {(figure.Reached == true ? "reached" : "MISSED")}";

    private static string Wanted(Figure figure) => $"{(figure.Goal!.AtLeast ? ">=" : "<=")} {Number(figure.Goal.Limit)} {figure.Unit}";

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}

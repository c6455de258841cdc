using System.Globalization;

namespace Gds.Host.Output;

/// <summary>Rows for people: columns as wide as their longest text.</summary>
internal static class Table
{
    private const string Gap = "  ";

    public static void Write(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string?>> rows)
    {
        List<IReadOnlyList<string?>> all = [heads, .. rows];
        if (all.Count == 1)
        {
            Console.WriteLine("(none)");
            return;
        }

        var widths = Enumerable.Range(0, heads.Count).Select(c => all.Max(r => Clean(r[c]).Length)).ToArray();
        foreach (var row in all)
            Console.WriteLine(string.Join(Gap, row.Select((text, c) => Clean(text).PadRight(widths[c]))).TrimEnd());
    }

    /// <summary>Names and values, one a line.</summary>
    public static void WriteFields(params (string Name, string? Value)[] fields)
    {
        var width = fields.Max(f => f.Name.Length);
        foreach (var (name, value) in fields)
            if (!string.IsNullOrEmpty(value)) Console.WriteLine($"{name.PadRight(width)}{Gap}{Clean(value)}");
    }

    public static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>What came from outside must not steer the terminal.</summary>
    private static string Clean(string? text) =>
        string.IsNullOrEmpty(text) ? "" : string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}

using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>Rules of the house that a text search can check.</summary>
public partial class CodeRuleTests
{
    [Fact]
    public void No_type_has_an_empty_name()
    {
        var found =
            from path in ProductFiles()
            from Match match in EmptyNames().Matches(File.ReadAllText(path))
            select $"{Relative(path)}: {match.Value}";
        found.ShouldBeEmpty("Manager, Helper, Util, Base, Impl and Common say nothing");
    }

    [Fact]
    public void Time_is_given()
    {
        var found =
            from path in ProductFiles()
            let text = File.ReadAllText(path)
            where ClockReads().IsMatch(text)
            select Relative(path);
        found.ShouldBeEmpty("time comes from TimeProvider");
    }

    [Fact]
    public void No_error_is_swallowed_and_nothing_is_left_for_later()
    {
        var found =
            from path in Repository.SourceFiles()
            where !path.EndsWith("CodeRuleTests.cs", StringComparison.Ordinal)
            from Match match in LeftOpen().Matches(File.ReadAllText(path))
            select $"{Relative(path)}: {match.Value}";
        found.ShouldBeEmpty();
    }

    private static IEnumerable<string> ProductFiles() =>
        Repository.SourceFiles().Where(path => !Relative(path).StartsWith("tests/", StringComparison.Ordinal) && !Relative(path).Contains("/Migrations/", StringComparison.Ordinal));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    [GeneratedRegex(@"\b(?:class|record|struct|interface)\s+(\w+(?:Manager|Helper|Helpers|Util|Utils|Base|Impl|Common))\b")]
    private static partial Regex EmptyNames();

    [GeneratedRegex(@"\bDateTime(?:Offset)?\.(?:UtcNow|Now)\b")]
    private static partial Regex ClockReads();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|catch\s*(?:\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex LeftOpen();
}

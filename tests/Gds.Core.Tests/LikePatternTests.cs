using System.Diagnostics;
using Gds.Core.Applications;
using Ua.Core;

namespace Gds.Core.Tests;

public sealed class LikePatternTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("abc", "xabc", false)]
    [InlineData("%", "", true)]
    [InlineData("%", "anything at all", true)]
    [InlineData("main%", "main road", true)]
    [InlineData("main%", "domain", false)]
    [InlineData("%en%", "entail", true)]
    [InlineData("%en%", "green", true)]
    [InlineData("%en%", "content", true)]
    [InlineData("%en%", "east", false)]
    [InlineData("%a%b%c", "xxaxxbxxc", true)]
    [InlineData("%a%b%c", "xxaxxcxxb", false)]
    [InlineData("%ab", "aab", true)]
    [InlineData("%aab", "aaaab", true)]
    [InlineData("_", "", false)]
    [InlineData("_", "x", true)]
    [InlineData("__", "x", false)]
    [InlineData("a_c", "abc", true)]
    [InlineData("abc[13-68]", "abc1", true)]
    [InlineData("abc[13-68]", "abc4", true)]
    [InlineData("abc[13-68]", "abc8", true)]
    [InlineData("abc[13-68]", "abc2", false)]
    [InlineData("abc[13-68]", "abc", false)]
    [InlineData("xyz[c-f]", "xyzd", true)]
    [InlineData("xyz[c-f]", "xyzg", false)]
    [InlineData("[^13-5]", "1", false)]
    [InlineData("[^13-5]", "2", true)]
    [InlineData("[^13-5]", "4", false)]
    [InlineData("[^13-5]", "", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[a-]", "b", false)]
    [InlineData(@"100\%", "100%", true)]
    [InlineData(@"100\%", "100 per cent", false)]
    [InlineData(@"a\_b", "a_b", true)]
    [InlineData(@"a\_b", "axb", false)]
    [InlineData(@"a\\b", @"a\b", true)]
    [InlineData(@"[\]]", "]", true)]
    [InlineData(@"[\^]", "^", true)]
    [InlineData("%%%%", "x", true)]
    public void A_pattern_matches_the_whole_text(string pattern, string text, bool matches)
        => Patterns.Parse(pattern, "P", ignoreCase: false).Matches(text).ShouldBe(matches);

    [Theory]
    [InlineData("Pump%", "PUMP 1", true)]
    [InlineData("[a-c]x", "Bx", true)]
    [InlineData("[^a-c]x", "Bx", false)]
    [InlineData("urn:A", "URN:a", true)]
    public void A_search_ignores_case_and_a_permission_does_not(string pattern, string text, bool ignoring)
    {
        Patterns.Parse(pattern, "P", ignoreCase: true).Matches(text).ShouldBe(ignoring);
        Patterns.Parse(pattern, "P", ignoreCase: false).Matches(text).ShouldBe(!ignoring);
    }

    [Theory]
    [InlineData("abc[de", "opens a set at character 4")]
    [InlineData("[]", "empty set at character 1")]
    [InlineData("[^]", "empty set")]
    [InlineData("[z-a]", "backwards")]
    [InlineData(@"abc\", "escapes nothing")]
    public void A_pattern_that_cannot_be_read_is_an_invalid_argument(string pattern, string text)
        => new Action(() => Patterns.Parse(pattern, "ApplicationName", ignoreCase: true))
            .ShouldBeRefused(ProblemKind.InvalidArgument, text).Message.ShouldStartWith("ApplicationName");

    [Fact]
    public void An_overlong_pattern_is_an_invalid_argument()
        => new Action(() => Patterns.Parse(new string('a', 1025), "P", ignoreCase: true)).ShouldBeRefused(ProblemKind.InvalidArgument, "1024");

    [Fact]
    public void Many_wildcards_against_a_long_text_take_no_exponential_time()
    {
        var pattern = Patterns.Parse(string.Concat(Enumerable.Repeat("%a", 500)) + "b", "P", ignoreCase: true);
        var watch = Stopwatch.StartNew();
        pattern.Matches(new string('a', 10_000)).ShouldBeFalse();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("urn:a%b_c[d]\\e")]
    [InlineData("plain")]
    public void An_escaped_text_matches_itself_only(string text)
    {
        var pattern = Patterns.Parse(LikePattern.Escape(text), "P", ignoreCase: false);
        pattern.IsLiteral.ShouldBeTrue();
        pattern.Matches(text).ShouldBeTrue();
        pattern.Matches(text + "x").ShouldBeFalse();
    }

    [Theory]
    [InlineData("a%", false)]
    [InlineData("a_", false)]
    [InlineData("[ab]", false)]
    [InlineData("[^a]", false)]
    [InlineData("[a]b", true)]
    public void Only_a_pattern_for_one_text_is_literal(string pattern, bool literal)
        => Patterns.Parse(pattern, "P", ignoreCase: false).IsLiteral.ShouldBe(literal);
}

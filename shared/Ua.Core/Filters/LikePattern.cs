using System.Text;

namespace Ua.Core;

/// <summary>
/// The LIKE pattern of Part 4, 7.7.3: % is any run, _ is one character, [..] one of a set with ranges,
/// [^..] one outside the set, \ takes the next character as it is. The whole text must match.
/// </summary>
/// <remarks>
/// The specification leaves case open. Searches ignore it, so that a person finds what is there;
/// permissions respect it, so that nothing is allowed that was not written. Time is bounded by
/// the product of both lengths, whatever the pattern.
/// </remarks>
public sealed class LikePattern
{
    public const int LongestPattern = 1024;

    private readonly List<Element> _elements;
    private readonly bool _ignoreCase;

    private LikePattern(List<Element> elements, bool ignoreCase)
    {
        _elements = elements;
        _ignoreCase = ignoreCase;
        IsLiteral = elements.TrueForAll(e => e is { Kind: Kind.Set, Negated: false } && e.Ranges.Count == 1 && e.Ranges[0].Low == e.Ranges[0].High);
    }

    /// <summary>True when it matches one text only (apart from case).</summary>
    public bool IsLiteral { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">The pattern is not well formed or too long; the text goes on after the name of an argument.</exception>
    public static LikePattern Parse(string pattern, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length > LongestPattern) throw new FormatException($"is a pattern of {pattern.Length} characters; {LongestPattern} is the limit.");
        var elements = new List<Element>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '%':
                    if (elements.Count == 0 || elements[^1].Kind != Kind.Run) elements.Add(new(Kind.Run, false, []));
                    break;
                case '_':
                    elements.Add(new(Kind.One, false, []));
                    break;
                case '[':
                    elements.Add(ReadSet(pattern, ref i));
                    break;
                default:
                    elements.Add(Literal(Take(pattern, ref i)));
                    break;
            }
        }
        return new(elements, ignoreCase);
    }

    /// <summary>Whether a text matches a pattern, with case; false where the pattern is not well formed, as a filter has it.</summary>
    public static bool Matches(string text, string pattern)
    {
        try
        {
            return Parse(pattern, ignoreCase: false).Matches(text);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>A pattern that matches this very text.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '%' or '_' or '[' or '\\') escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }

    public bool Matches(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = 0, element = 0, runElement = -1, runAt = 0;
        while (at < text.Length)
        {
            if (element < _elements.Count && _elements[element].Kind == Kind.Run)
            {
                runElement = element++;
                runAt = at;
            }
            else if (element < _elements.Count && Fits(_elements[element], text[at]))
            {
                element++;
                at++;
            }
            else if (runElement >= 0)
            {
                element = runElement + 1;
                at = ++runAt;
            }
            else return false;
        }
        while (element < _elements.Count && _elements[element].Kind == Kind.Run) element++;
        return element == _elements.Count;
    }

    private bool Fits(Element element, char c)
    {
        if (element.Kind == Kind.One) return true;
        var inside = element.Has(c) || (_ignoreCase && (element.Has(char.ToLowerInvariant(c)) || element.Has(char.ToUpperInvariant(c))));
        return inside != element.Negated;
    }

    private static Element ReadSet(string pattern, ref int i)
    {
        var start = i++;
        var negated = i < pattern.Length && pattern[i] == '^';
        if (negated) i++;
        var ranges = new List<Range>();
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            var low = Take(pattern, ref i);
            var high = low;
            if (i + 2 < pattern.Length && pattern[i + 1] == '-' && pattern[i + 2] != ']')
            {
                i += 2;
                high = Take(pattern, ref i);
            }
            if (high < low) throw new FormatException($"has the range {low}-{high}, which is backwards.");
            ranges.Add(new(low, high));
        }
        if (i >= pattern.Length) throw new FormatException($"opens a set at character {start + 1} and does not close it.");
        if (ranges.Count == 0) throw new FormatException($"has an empty set at character {start + 1}.");
        return new(Kind.Set, negated, ranges);
    }

    private static char Take(string pattern, ref int i)
    {
        if (pattern[i] != '\\') return pattern[i];
        if (++i >= pattern.Length) throw new FormatException("ends with a backslash that escapes nothing.");
        return pattern[i];
    }

    private static Element Literal(char c) => new(Kind.Set, false, [new(c, c)]);

    private enum Kind { Run, One, Set }

    private readonly record struct Range(char Low, char High);

    private sealed record Element(Kind Kind, bool Negated, List<Range> Ranges)
    {
        public bool Has(char c) => Ranges.Exists(r => c >= r.Low && c <= r.High);
    }
}

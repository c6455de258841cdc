namespace Ua.Server.Events;

/// <summary>
/// The patterns of the operator Like (Part 4, 7.7.3): <c>%</c> any characters, <c>_</c> one, <c>[a-z]</c> one of a list,
/// <c>[^a-z]</c> one not of it, <c>\</c> takes the next character as it is. Runs in the product of both lengths at most.
/// </summary>
public static class LikePattern
{
    private const int MostTokens = 1_024;

    public static bool Matches(string text, string pattern)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(pattern);
        var tokens = Tokens(pattern);
        if (tokens is null) return false;
        int t = 0, p = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < tokens.Count && tokens[p].IsAny)
            {
                star = p++;
                resume = t;
            }
            else if (p < tokens.Count && tokens[p].Accepts(text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < tokens.Count && tokens[p].IsAny) p++;
        return p == tokens.Count;
    }

    /// <summary>Null where the pattern is not well formed or too long.</summary>
    private static List<Token>? Tokens(string pattern)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < pattern.Length && tokens.Count <= MostTokens; i++)
        {
            switch (pattern[i])
            {
                case '%':
                    tokens.Add(new Token(IsAny: true, null, false));
                    break;
                case '_':
                    tokens.Add(new Token(IsAny: false, null, false));
                    break;
                case '[':
                    var end = pattern.IndexOf(']', i + 1);
                    if (end < 0) return null;
                    var negated = pattern[i + 1] == '^';
                    tokens.Add(new Token(IsAny: false, Expand(pattern[(negated ? i + 2 : i + 1)..end]), negated));
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    tokens.Add(new Token(IsAny: false, [(pattern[++i], pattern[i])], false));
                    break;
                default:
                    tokens.Add(new Token(IsAny: false, [(pattern[i], pattern[i])], false));
                    break;
            }
        }

        return tokens.Count > MostTokens ? null : tokens;
    }

    private static (char First, char Last)[] Expand(string list)
    {
        var ranges = new List<(char, char)>();
        for (var i = 0; i < list.Length; i++)
        {
            var isRange = i + 2 < list.Length && list[i + 1] == '-';
            ranges.Add((list[i], isRange ? list[i + 2] : list[i]));
            if (isRange) i += 2;
        }

        return [.. ranges];
    }

    private readonly record struct Token(bool IsAny, (char First, char Last)[]? Ranges, bool IsNegated)
    {
        public bool Accepts(char c) => !IsAny && (Ranges is null || Array.Exists(Ranges, r => c >= r.First && c <= r.Last) != IsNegated);
    }
}

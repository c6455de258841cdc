using System.Text;

namespace Gds.Web.Records;

/// <summary>Patterns as people write them (<c>*</c>) and as the core keeps them (LIKE of Part 4).</summary>
internal static class TokenPattern
{
    private const string Special = "%_[]\\";

    public static string ToLike(string glob)
    {
        var like = new StringBuilder(glob.Length);
        foreach (var c in glob)
        {
            if (c == '*') like.Append('%');
            else if (Special.Contains(c)) like.Append('\\').Append(c);
            else like.Append(c);
        }

        return like.ToString();
    }

    public static string ToGlob(string like)
    {
        var glob = new StringBuilder(like.Length);
        for (var i = 0; i < like.Length; i++)
        {
            if (like[i] == '\\' && i + 1 < like.Length) glob.Append(like[++i]);
            else glob.Append(like[i] == '%' ? '*' : like[i]);
        }

        return glob.ToString();
    }
}

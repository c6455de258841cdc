using Ua.Core;

namespace Gds.Core.Applications;

/// <summary>LIKE patterns that a caller gave as an argument.</summary>
internal static class Patterns
{
    /// <summary>Reads a pattern; a fault is an InvalidArgument that names the argument.</summary>
    public static LikePattern Parse(string pattern, string argument, bool ignoreCase)
    {
        try
        {
            return LikePattern.Parse(pattern, ignoreCase);
        }
        catch (FormatException e)
        {
            throw GdsProblem.Invalid($"{argument} {e.Message}");
        }
    }
}

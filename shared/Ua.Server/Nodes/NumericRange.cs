using System.Globalization;
using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Part of an array, matrix, string or byte string: first and last index for each dimension (Part 4, 7.27).</summary>
public sealed class NumericRange
{
    private const int MostDimensions = 16;

    private NumericRange((int First, int Last)[] bounds) => Bounds = bounds;

    /// <summary>First and last index of each dimension, both included.</summary>
    public (int First, int Last)[] Bounds { get; }

    /// <summary>Reads "6", "5:7" or "1:2,0:1". A null or empty text means no range: the result is true and the range null.</summary>
    public static bool TryParse(string? text, out NumericRange? range)
    {
        range = null;
        if (string.IsNullOrEmpty(text)) return true;
        var parts = text.Split(',', MostDimensions + 1);
        if (parts.Length > MostDimensions) return false;
        var bounds = new (int, int)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!TryParse(parts[i], out bounds[i])) return false;
        range = new NumericRange(bounds);
        return true;
    }

    public override string ToString() =>
        string.Join(',', Bounds.Select(b => b.First == b.Last ? $"{b.First}" : $"{b.First}:{b.Last}"));

    private static bool TryParse(ReadOnlySpan<char> text, out (int First, int Last) bounds)
    {
        bounds = default;
        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            if (!Index(text, out var index)) return false;
            bounds = (index, index);
            return true;
        }

        if (!Index(text[..colon], out var first) || !Index(text[(colon + 1)..], out var last) || first >= last) return false;
        bounds = (first, last);
        return true;
    }

    private static bool Index(ReadOnlySpan<char> text, out int index) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}

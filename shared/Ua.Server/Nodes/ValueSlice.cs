using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Takes the part of a value that a <see cref="NumericRange"/> names (Part 4, 7.27).</summary>
internal static class ValueSlice
{
    /// <returns>Good, or Bad_IndexRangeNoData where a lower bound lies outside or the dimensions do not fit.</returns>
    public static StatusCode Take(Variant value, NumericRange range, out Variant part)
    {
        part = Variant.Null;
        var taken = value switch
        {
            { IsArray: false } => range.Bounds.Length == 1 ? OfScalar(value, range.Bounds[0]) : null,
            { Value: Array array } => OfArray(value.Type, array, value.Dimensions ?? [array.Length], range.Bounds),
            _ => null,
        };
        if (taken is not { } result) return StatusCodes.BadIndexRangeNoData;
        part = result;
        return StatusCodes.Good;
    }

    /// <summary>True where the last bounds may cut the elements themselves.</summary>
    public static bool HasSubstrings(BuiltInType type) => type is BuiltInType.String or BuiltInType.ByteString;

    private static Variant? OfScalar(Variant value, (int First, int Last) bounds) => value.Value switch
    {
        string text when Cut(text, bounds) is { } cut => cut,
        byte[] bytes when Cut(bytes, bounds) is { } cut => cut,
        _ => default(Variant?),
    };

    private static Variant? OfArray(BuiltInType type, Array array, int[] lengths, (int First, int Last)[] bounds)
    {
        var substring = bounds.Length == lengths.Length + 1 && HasSubstrings(type) ? bounds[^1] : ((int, int)?)null;
        if (substring is null && bounds.Length != lengths.Length) return null;
        var counts = new int[lengths.Length];
        for (var d = 0; d < lengths.Length; d++)
        {
            if (bounds[d].First >= lengths[d]) return null;
            counts[d] = Math.Min(bounds[d].Last, lengths[d] - 1) - bounds[d].First + 1;
        }

        var result = Array.CreateInstance(array.GetType().GetElementType()!, counts.Aggregate(1, (a, b) => a * b));
        foreach (var (from, to) in Positions(lengths, counts, bounds))
        {
            var element = array.GetValue(from);
            result.SetValue(substring is { } inner ? CutElement(element, inner) : element, to);
        }

        return Variant.Array(type, result, counts);
    }

    /// <summary>Pairs of a position in the whole and the position in the part, in the order of the part.</summary>
    public static IEnumerable<(int Whole, int Part)> Positions(int[] lengths, int[] counts, (int First, int Last)[] bounds)
    {
        var total = counts.Aggregate(1, (a, b) => a * b);
        for (var part = 0; part < total; part++)
        {
            int whole = 0, stride = 1, rest = part;
            for (var d = lengths.Length - 1; d >= 0; d--)
            {
                whole += (bounds[d].First + (rest % counts[d])) * stride;
                rest /= counts[d];
                stride *= lengths[d];
            }

            yield return (whole, part);
        }
    }

    /// <summary>A string or byte string too short for the bounds becomes null, so that its neighbours are still read.</summary>
    private static object? CutElement(object? element, (int First, int Last) bounds) => element switch
    {
        string text => Cut(text, bounds),
        byte[] bytes => Cut(bytes, bounds),
        _ => null,
    };

    private static string? Cut(string text, (int First, int Last) bounds) =>
        bounds.First < text.Length ? text[bounds.First..Math.Min(bounds.Last + 1, text.Length)] : null;

    private static byte[]? Cut(byte[] bytes, (int First, int Last) bounds) =>
        bounds.First < bytes.Length ? bytes[bounds.First..Math.Min(bounds.Last + 1, bytes.Length)] : null;
}

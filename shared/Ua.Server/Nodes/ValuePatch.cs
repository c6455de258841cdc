using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Puts a part into a value where a <see cref="NumericRange"/> says (Part 4, 5.11.4 and 7.27).</summary>
internal static class ValuePatch
{
    /// <returns>Good, Bad_IndexRangeNoData (range outside of the value) or Bad_IndexRangeDataMismatch (part does not fill the range).</returns>
    public static StatusCode Put(Variant whole, NumericRange range, Variant part, out Variant result)
    {
        result = whole;
        if (whole.IsNull || whole.Value is null) return StatusCodes.BadIndexRangeNoData;
        if (part.Type != whole.Type) return StatusCodes.BadTypeMismatch;
        return whole.Value is Array array && whole.IsArray
            ? PutArray(whole, array, range.Bounds, part, out result)
            : PutScalar(whole, range.Bounds, part, out result);
    }

    private static StatusCode PutScalar(Variant whole, (int First, int Last)[] bounds, Variant part, out Variant result)
    {
        result = whole;
        if (bounds.Length != 1 || !ValueSlice.HasSubstrings(whole.Type)) return StatusCodes.BadIndexRangeNoData;
        if (part.IsArray) return StatusCodes.BadIndexRangeDataMismatch;
        var status = PutInside(whole.Value, bounds[0], part.Value, out var patched);
        if (status.IsGood) result = Variant.Scalar(whole.Type, patched);
        return status;
    }

    private static StatusCode PutArray(Variant whole, Array array, (int First, int Last)[] bounds, Variant part, out Variant result)
    {
        result = whole;
        var lengths = whole.Dimensions ?? [array.Length];
        var substring = bounds.Length == lengths.Length + 1 && ValueSlice.HasSubstrings(whole.Type) ? bounds[^1] : ((int, int)?)null;
        if (substring is null && bounds.Length != lengths.Length) return StatusCodes.BadIndexRangeNoData;
        var counts = new int[lengths.Length];
        for (var d = 0; d < lengths.Length; d++)
        {
            if (bounds[d].Last >= lengths[d]) return StatusCodes.BadIndexRangeNoData;
            counts[d] = bounds[d].Last - bounds[d].First + 1;
        }

        if (!part.IsArray || part.Value is not Array given || !SameShape(part, given, counts)) return StatusCodes.BadIndexRangeDataMismatch;
        var copy = (Array)array.Clone();
        foreach (var (to, from) in ValueSlice.Positions(lengths, counts, bounds))
        {
            var element = given.GetValue(from);
            if (substring is { } inner)
            {
                var status = PutInside(array.GetValue(to), inner, element, out element);
                if (status.IsBad) return status;
            }

            copy.SetValue(element, to);
        }

        result = Variant.Array(whole.Type, copy, whole.Dimensions);
        return StatusCodes.Good;
    }

    private static bool SameShape(Variant part, Array given, int[] counts) => part.Dimensions is { } dimensions
        ? dimensions.AsSpan().SequenceEqual(counts)
        : counts.Length == 1 && given.Length == counts[0];

    private static StatusCode PutInside(object? whole, (int First, int Last) bounds, object? part, out object? result)
    {
        result = whole;
        var count = bounds.Last - bounds.First + 1;
        switch (whole, part)
        {
            case (string text, string piece):
                if (bounds.Last >= text.Length) return StatusCodes.BadIndexRangeNoData;
                if (piece.Length != count) return StatusCodes.BadIndexRangeDataMismatch;
                result = string.Concat(text.AsSpan(0, bounds.First), piece, text.AsSpan(bounds.Last + 1));
                return StatusCodes.Good;
            case (byte[] bytes, byte[] piece):
                if (bounds.Last >= bytes.Length) return StatusCodes.BadIndexRangeNoData;
                if (piece.Length != count) return StatusCodes.BadIndexRangeDataMismatch;
                var copy = (byte[])bytes.Clone();
                piece.CopyTo(copy, bounds.First);
                result = copy;
                return StatusCodes.Good;
            default:
                return whole is null ? StatusCodes.BadIndexRangeNoData : StatusCodes.BadIndexRangeDataMismatch;
        }
    }
}

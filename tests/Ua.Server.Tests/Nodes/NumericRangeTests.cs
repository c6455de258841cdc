using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Ranges of Part 4, 7.27: what is a range, what it takes, what it puts.</summary>
public sealed class NumericRangeTests
{
    private static readonly Variant s_numbers = Variant.Array(BuiltInType.Int32, new[] { 10, 11, 12, 13, 14 });

    /// <summary>Rows 0..2, columns 0..3: element is row * 10 + column.</summary>
    private static readonly Variant s_matrix = Variant.Array(BuiltInType.Int32, new[] { 0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23 }, [3, 4]);

    private static readonly Variant s_texts = new[] { "TestString", "Test", null, "String" };

    private static StatusCode Take(Variant value, string range, out Variant part)
    {
        NumericRange.TryParse(range, out var parsed).ShouldBeTrue();
        return ValueSlice.Take(value, parsed!, out part);
    }

    private static StatusCode Put(Variant whole, string range, Variant part, out Variant result)
    {
        NumericRange.TryParse(range, out var parsed).ShouldBeTrue();
        return ValuePatch.Put(whole, parsed!, part, out result);
    }

    [Theory]
    [InlineData("6")]
    [InlineData("0")]
    [InlineData("5:7")]
    [InlineData("1:2,0:1")]
    [InlineData("1,1")]
    public void Ranges_are_read_and_written_alike(string text)
    {
        NumericRange.TryParse(text, out var range).ShouldBeTrue();
        range!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("7:5")]
    [InlineData("5:5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1:2:3")]
    [InlineData("1,")]
    [InlineData(",")]
    [InlineData("a")]
    [InlineData("99999999999")]
    [InlineData("0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0")]
    public void What_is_no_range_is_refused(string text) => NumericRange.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_text_is_no_range(string? text)
    {
        NumericRange.TryParse(text, out var range).ShouldBeTrue();
        range.ShouldBeNull();
    }

    [Theory]
    [InlineData("0", new[] { 10 })]
    [InlineData("1:3", new[] { 11, 12, 13 })]
    [InlineData("3:9", new[] { 13, 14 })]
    [InlineData("4", new[] { 14 })]
    [InlineData("0:2147483647", new[] { 10, 11, 12, 13, 14 })]
    public void A_range_takes_part_of_an_array_and_less_where_the_array_ends(string range, int[] expected)
    {
        Take(s_numbers, range, out var part).ShouldBe(StatusCodes.Good);
        part.ShouldBe(Variant.Array(BuiltInType.Int32, expected));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5:9")]
    [InlineData("0,0")]
    public void A_range_outside_of_an_array_has_no_data(string range) => Take(s_numbers, range, out _).ShouldBe(StatusCodes.BadIndexRangeNoData);

    [Fact]
    public void A_range_of_a_matrix_is_a_matrix()
    {
        Take(s_matrix, "1:2,0:1", out var block).ShouldBe(StatusCodes.Good);
        block.ShouldBe(Variant.Array(BuiltInType.Int32, new[] { 10, 11, 20, 21 }, [2, 2]));
        Take(s_matrix, "1,2", out var one).ShouldBe(StatusCodes.Good);
        one.ShouldBe(Variant.Array(BuiltInType.Int32, new[] { 12 }, [1, 1]));
        Take(s_matrix, "2:9,3", out var partial).ShouldBe(StatusCodes.Good);
        partial.ShouldBe(Variant.Array(BuiltInType.Int32, new[] { 23 }, [1, 1]));
        Take(s_matrix, "1", out _).ShouldBe(StatusCodes.BadIndexRangeNoData);
        Take(s_matrix, "3,0", out _).ShouldBe(StatusCodes.BadIndexRangeNoData);
    }

    [Fact]
    public void A_range_takes_part_of_a_string_and_of_bytes()
    {
        Take("hello", "1:3", out var text).ShouldBe(StatusCodes.Good);
        text.ShouldBe("ell");
        Take(new byte[] { 1, 2, 3 }, "2:9", out var bytes).ShouldBe(StatusCodes.Good);
        bytes.ShouldBe(new byte[] { 3 });
        Take("hello", "5", out _).ShouldBe(StatusCodes.BadIndexRangeNoData);
        Take(42, "0", out _).ShouldBe(StatusCodes.BadIndexRangeNoData);
    }

    [Fact]
    public void Elements_too_short_for_a_substring_are_null_and_their_neighbours_are_read()
    {
        Take(s_texts, "0:3,4:9", out var part).ShouldBe(StatusCodes.Good);
        part.ShouldBe(new[] { "String", null, null, "ng" });
    }

    [Fact]
    public void A_part_is_put_into_an_array_and_the_old_array_stays()
    {
        Put(s_numbers, "1:2", Variant.Array(BuiltInType.Int32, new[] { 1, 2 }), out var result).ShouldBe(StatusCodes.Good);
        result.ShouldBe(Variant.Array(BuiltInType.Int32, new[] { 10, 1, 2, 13, 14 }));
        s_numbers.ShouldBe(Variant.Array(BuiltInType.Int32, new[] { 10, 11, 12, 13, 14 }));
    }

    [Fact]
    public void A_block_is_put_into_a_matrix()
    {
        Put(s_matrix, "0:1,2:3", Variant.Array(BuiltInType.Int32, new[] { 7, 8, 9, 6 }, [2, 2]), out var result).ShouldBe(StatusCodes.Good);
        result.ShouldBe(Variant.Array(BuiltInType.Int32, new[] { 0, 1, 7, 8, 10, 11, 9, 6, 20, 21, 22, 23 }, [3, 4]));
    }

    [Fact]
    public void A_piece_is_put_into_a_string_or_into_one_of_an_array()
    {
        Put("hello", "1:2", "EL", out var text).ShouldBe(StatusCodes.Good);
        text.ShouldBe("hELlo");
        Put(s_texts, "1,0:1", new[] { "BE" }, out var texts).ShouldBe(StatusCodes.Good);
        texts.ShouldBe(new[] { "TestString", "BEst", null, "String" });
        Put(new byte[] { 1, 2, 3 }, "2", new byte[] { 9 }, out var bytes).ShouldBe(StatusCodes.Good);
        bytes.ShouldBe(new byte[] { 1, 2, 9 });
    }

    [Theory]
    [InlineData("4:5", 2)]
    [InlineData("5", 1)]
    [InlineData("0,0", 1)]
    public void Nothing_is_put_outside_of_the_value(string range, int count) =>
        Put(s_numbers, range, Variant.Array(BuiltInType.Int32, new int[count]), out _).ShouldBe(StatusCodes.BadIndexRangeNoData);

    [Fact]
    public void A_part_that_does_not_fill_the_range_is_refused()
    {
        Put(s_numbers, "0:1", Variant.Array(BuiltInType.Int32, new int[3]), out _).ShouldBe(StatusCodes.BadIndexRangeDataMismatch);
        Put(s_numbers, "0", 5, out _).ShouldBe(StatusCodes.BadIndexRangeDataMismatch);
        Put(s_matrix, "0:1,0:1", Variant.Array(BuiltInType.Int32, new int[4]), out _).ShouldBe(StatusCodes.BadIndexRangeDataMismatch);
        Put("hello", "0:1", "xyz", out _).ShouldBe(StatusCodes.BadIndexRangeDataMismatch);
        Put(s_numbers, "0", Variant.Array(BuiltInType.UInt32, new uint[1]), out _).ShouldBe(StatusCodes.BadTypeMismatch);
    }
}

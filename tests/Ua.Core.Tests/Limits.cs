namespace Ua.Core.Tests;

/// <summary>What a decoder refuses before it allocates.</summary>
public sealed class Limits
{
    private static readonly EncodingLimits s_small = new() { MaxStringLength = 4, MaxByteStringLength = 4, MaxArrayLength = 4, MaxDepth = 4 };

    [Fact]
    public void A_length_over_the_limit_is_named_as_such()
    {
        Golden.Fails("05 00 00 00 61 61 61 61 61", StatusCodes.BadEncodingLimitsExceeded, (ref r) => r.String(), s_small);
        Golden.Fails("05 00 00 00 61 61 61 61 61", StatusCodes.BadEncodingLimitsExceeded, (ref r) => r.ByteString(), s_small);
        Golden.Fails("05 00 00 00 61 61 61 61 61", StatusCodes.BadEncodingLimitsExceeded, (ref r) => r.Array((ref r) => r.Byte()), s_small);
        Golden.Fails("FF FF FF 7F", StatusCodes.BadEncodingLimitsExceeded, (ref r) => r.String());
    }

    [Fact]
    public void A_length_at_the_limit_is_read() =>
        Golden.Read(Golden.Bytes("04 00 00 00 61 61 61 61"), (ref r) => r.String(), s_small).ShouldBe("aaaa");

    [Theory]
    [InlineData(BuiltInType.Variant, "98 01 00 00 00")]
    [InlineData(BuiltInType.DataValue, "17 01")]
    [InlineData(BuiltInType.DiagnosticInfo, "40")]
    public void Nesting_is_read_to_the_limit_and_not_beyond(BuiltInType type, string level)
    {
        Golden.ReadValue<object> read = type == BuiltInType.DiagnosticInfo ? (ref r) => r.DiagnosticInfo() : (ref r) => r.Variant();
        var perLevel = type == BuiltInType.DataValue ? 2 : 1;
        string Nested(int levels) => string.Concat(Enumerable.Repeat(level, levels / perLevel)) + "00";
        var deepest = EncodingLimits.Default.MaxDepth;
        Golden.Read(Golden.Bytes(Nested(deepest - perLevel)), read).ShouldNotBeNull();
        Golden.Fails(Nested(deepest + perLevel), StatusCodes.BadEncodingLimitsExceeded, read);
        Golden.Fails(Nested(100_000), StatusCodes.BadEncodingLimitsExceeded, read);
    }

    [Fact]
    public void Arrays_that_nest_cannot_claim_the_same_bytes_twice()
    {
        // Each level claims 60,000 elements of the bytes that all levels share.
        var level = Golden.Bytes("98 60 EA 00 00");
        var bytes = new byte[60_600];
        for (var i = 0; i < 99; i++) level.CopyTo(bytes, i * level.Length);
        Action decode = () => Golden.Read(bytes, (ref r) => r.Variant());
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<UaException>(decode).StatusCode.ShouldBe(StatusCodes.BadDecodingError);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 * bytes.Length);
    }

    [Fact]
    public void What_a_message_makes_a_decoder_allocate_is_in_proportion_to_its_size()
    {
        // The cheapest elements there are: one byte each.
        foreach (var start in new[] { "98 FF FF 00 00", "97 FF FF 00 00", "99 FF FF 00 00", "95 FF FF 00 00" })
        {
            var bytes = new byte[5 + 0xFFFF];
            Golden.Bytes(start).CopyTo(bytes, 0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Golden.Read(bytes, (ref r) => r.Variant()).IsArray.ShouldBeTrue();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 * bytes.Length);
        }
    }

    [Fact]
    public void A_message_larger_than_the_limit_is_not_written()
    {
        var fault = new ServiceFault(Golden.ResponseHeader);
        var length = ServiceMessages.ToBytes(fault).Length;
        ServiceMessages.ToBytes(fault, length).Length.ShouldBe(length);
        Should.Throw<UaException>(() => ServiceMessages.ToBytes(fault, length - 1)).StatusCode.ShouldBe(StatusCodes.BadEncodingLimitsExceeded);
    }
}

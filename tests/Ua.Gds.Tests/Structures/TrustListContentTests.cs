using Ua.Core;

namespace Ua.Gds.Tests.Structures;

/// <summary>The bytes of a trust list file (Part 12, 7.8.2.1) and what is refused in one.</summary>
public sealed class TrustListContentTests
{
    private const string Bytes =
        "0F 00 00 00" // SpecifiedLists: all
        + "02 00 00 00 02 00 00 00 30 01 01 00 00 00 30" // TrustedCertificates: 2
        + "01 00 00 00 02 00 00 00 30 02" // TrustedCrls: 1
        + "01 00 00 00 02 00 00 00 30 03" // IssuerCertificates: 1
        + "01 00 00 00 02 00 00 00 30 04"; // IssuerCrls: 1

    private static readonly TrustListDataType s_list = new(TrustListMasks.All, [[0x30, 1], [0x30]], [[0x30, 2]], [[0x30, 3]], [[0x30, 4]]);

    [Fact]
    public void A_file_is_the_bare_structure()
    {
        var bytes = Convert.FromHexString(Bytes.Replace(" ", ""));
        TrustListContent.Encode(s_list).ShouldBe(bytes);
        TrustListContent.Encode(TrustListContent.Decode(bytes)).ShouldBe(bytes);
    }

    [Fact]
    public void Lists_that_are_not_specified_are_empty_whatever_the_file_holds()
    {
        var list = TrustListContent.Decode(TrustListContent.Encode(s_list with { SpecifiedLists = TrustListMasks.TrustedCrls }));
        list.SpecifiedLists.ShouldBe(TrustListMasks.TrustedCrls);
        list.TrustedCertificates.ShouldBeEmpty();
        list.TrustedCrls.Length.ShouldBe(1);
        list.IssuerCertificates.ShouldBeEmpty();
        list.IssuerCrls.ShouldBeEmpty();
    }

    [Fact]
    public void Null_lists_and_empty_entries_are_no_entries()
    {
        var list = TrustListContent.Decode(Convert.FromHexString("0F000000" + "FFFFFFFF" + "02000000FFFFFFFF00000000" + "FFFFFFFF" + "00000000"));
        list.TrustedCertificates.ShouldBeEmpty();
        list.TrustedCrls.ShouldBeEmpty();
    }

    [Fact]
    public void Every_truncation_of_a_file_is_malformed()
    {
        var bytes = TrustListContent.Encode(s_list);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<UaException>(() => TrustListContent.Decode(cut)).StatusCode.ShouldBe(StatusCodes.BadDecodingError);
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_malformed() =>
        Should.Throw<UaException>(() => TrustListContent.Decode([.. TrustListContent.Encode(s_list), 0])).StatusCode.ShouldBe(StatusCodes.BadDecodingError);

    [Theory]
    [InlineData("0F000000 FFFFFF7F", "an array of two billion certificates")]
    [InlineData("0F000000 01000000 FFFFFF7F", "a certificate of two billion bytes")]
    [InlineData("0F000000 01000000 01001000", "a certificate of more than one MiB")]
    public void A_length_over_the_limit_is_refused_before_anything_is_allocated(string hex, string because)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));
        Action decode = () => TrustListContent.Decode(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<UaException>(decode).StatusCode.ShouldBe(StatusCodes.BadEncodingLimitsExceeded, because);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Fact]
    public void A_file_over_the_limit_is_refused() =>
        Should.Throw<UaException>(() => TrustListContent.Decode(new byte[TrustListContent.LargestSize + 1])).StatusCode.ShouldBe(StatusCodes.BadEncodingLimitsExceeded);
}

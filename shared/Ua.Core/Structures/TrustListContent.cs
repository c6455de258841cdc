namespace Ua.Core;

/// <summary>The bytes of a TrustList file: a bare TrustListDataType without a wrapper (Part 12, 7.8.2.1).</summary>
public static class TrustListContent
{
    /// <summary>The most bytes a trust list may have when the server does not say less.</summary>
    public const int LargestSize = 16 * 1024 * 1024;

    /// <summary>A certificate or CRL may be 1 MiB, a list may have 10,000 of them.</summary>
    public static readonly EncodingLimits Limits = new() { MaxByteStringLength = 1024 * 1024, MaxArrayLength = 10_000, MaxStringLength = 0, MaxDepth = 1 };

    /// <summary>Decodes a file. Lists that SpecifiedLists does not name are empty in the result, whatever the file holds for them.</summary>
    /// <exception cref="UaException">Bad_DecodingError, or Bad_EncodingLimitsExceeded where the file or a part of it is too large.</exception>
    public static TrustListDataType Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length > LargestSize) throw TooLarge(file.Length);
        var list = UaReader.FromBytes<TrustListDataType>(file, Limits);
        return new TrustListDataType(
            list.SpecifiedLists & TrustListMasks.All,
            Part(TrustListMasks.TrustedCertificates, list.TrustedCertificates),
            Part(TrustListMasks.TrustedCrls, list.TrustedCrls),
            Part(TrustListMasks.IssuerCertificates, list.IssuerCertificates),
            Part(TrustListMasks.IssuerCrls, list.IssuerCrls));

        byte[]?[] Part(TrustListMasks mask, byte[]?[] entries) =>
            list.SpecifiedLists.HasFlag(mask) ? [.. entries.Where(e => e is { Length: > 0 })] : [];
    }

    public static byte[] Encode(TrustListDataType list) => UaWriter.ToBytes(list, LargestSize);

    /// <summary>What is thrown where a trust list has that many bytes or more.</summary>
    public static UaException TooLarge(long length) =>
        new(StatusCodes.BadEncodingLimitsExceeded, $"The trust list has {length} bytes or more, {LargestSize} are allowed.");
}

namespace Ua.Core;

/// <summary>What a decoder accepts before it allocates. All lengths in bytes or elements.</summary>
public sealed record EncodingLimits
{
    public static readonly EncodingLimits Default = new();

    public int MaxStringLength { get; init; } = 1024 * 1024;

    public int MaxByteStringLength { get; init; } = 4 * 1024 * 1024;

    public int MaxArrayLength { get; init; } = 65_536;

    /// <summary>How deep Variant, ExtensionObject and DiagnosticInfo may nest (Part 6, 5.2.2.16 asks for 100).</summary>
    public int MaxDepth { get; init; } = 100;
}

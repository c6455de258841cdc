namespace Ua.Core;

/// <summary>A 32-bit outcome: severity in the top two bits, code in the upper half, information bits below (Part 4, 7.39).</summary>
public readonly record struct StatusCode(uint Code)
{
    public bool IsGood => (Code & 0xC0000000) == 0;

    public bool IsBad => (Code & 0x80000000) != 0;

    public bool IsUncertain => (Code & 0xC0000000) == 0x40000000;

    /// <summary>The same code without information bits such as Overflow.</summary>
    public StatusCode WithoutInfoBits => new(Code & 0xFFFF0000);

    public override string ToString() => StatusCodes.NameOf(this) ?? $"0x{Code:X8}";
}

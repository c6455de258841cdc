namespace Ua.Transport;

/// <summary>Numbers the chunks that one side sends, OPN and MSG alike (Part 6, 6.7.2.4).</summary>
internal sealed class OutgoingSequence(bool legacy, uint? last = null)
{
    /// <summary>Beyond this number a legacy sequence begins anew: UInt32.MaxValue - 1024.</summary>
    public const uint LegacyWrap = uint.MaxValue - 1024;

    /// <summary>The number of the chunk before; before the first chunk the number that counts up to it.</summary>
    public uint Previous { get; private set; } = last ?? (legacy ? 0 : uint.MaxValue);

    public uint Next() => Previous = legacy && Previous > LegacyWrap ? 1 : unchecked(Previous + 1);
}

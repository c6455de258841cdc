using Ua.Core;

namespace Ua.Transport;

/// <summary>Checks that the chunks of the peer come without a gap, a repetition or a change of order (Part 6, 6.7.2.4).</summary>
internal sealed class IncomingSequence(bool legacy)
{
    private bool _started;

    /// <summary>The number of the chunk before.</summary>
    public uint Previous { get; private set; } = uint.MaxValue;

    /// <exception cref="UaException">Bad_SecurityChecksFailed where the number is not the next one.</exception>
    public void Accept(uint number)
    {
        if (!(_started ? IsNext(number) : IsFirst(number)))
            throw new UaException(StatusCodes.BadSecurityChecksFailed, $"Sequence number {number} does not follow {(_started ? Previous : "the start")}.");
        _started = true;
        Previous = number;
    }

    private bool IsFirst(uint number) => legacy ? number <= OutgoingSequence.LegacyWrap : number == 0;

    private bool IsNext(uint number) =>
        number == unchecked(Previous + 1) || (legacy && Previous > OutgoingSequence.LegacyWrap && number < 1024);
}

namespace Ua.Client;

/// <summary>
/// Follows the sequence numbers of one subscription's notification messages: 1, 2, ... and after the largest 1 again. A
/// keep-alive carries the number that the next message will have (Part 4, 5.14.1).
/// </summary>
internal sealed class NotificationSequence
{
    /// <summary>The number that the next message should have.</summary>
    public uint Next { get; private set; } = 1;

    /// <summary>Takes a message into account.</summary>
    /// <param name="number">Its sequence number.</param>
    /// <param name="isKeepAlive">It has no notifications.</param>
    /// <param name="missing">The numbers that should have come before; empty where none is missing.</param>
    /// <returns>False where the message has been seen before.</returns>
    public bool Take(uint number, bool isKeepAlive, out IReadOnlyList<uint> missing)
    {
        missing = [];
        var ahead = Distance(Next, number);
        if (number == 0 || ahead > uint.MaxValue / 2) return false;
        if (ahead > 0) missing = Range(Next, number);
        Next = isKeepAlive ? number : After(number);
        return true;
    }

    public static uint After(uint number) => number == uint.MaxValue ? 1 : number + 1;

    /// <summary>Steps from one number to another, 0 not being one.</summary>
    private static uint Distance(uint from, uint to) => to >= from ? to - from : to - from - 1;

    /// <summary>At most the last thousand, since no server keeps more for republishing.</summary>
    private static List<uint> Range(uint from, uint to)
    {
        const int most = 1000;
        var numbers = new List<uint>();
        var distance = Distance(from, to);
        var start = from;
        if (distance > most) start = unchecked(to - most) is var s && s != 0 && s <= to ? s : from;
        for (var number = start; number != to && numbers.Count < most; number = After(number)) numbers.Add(number);
        return numbers;
    }
}

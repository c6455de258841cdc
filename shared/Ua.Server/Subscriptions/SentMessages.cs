using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>The retransmission queue: messages sent and not yet acknowledged, in the order of their numbers (Part 4, 5.14.1.1).</summary>
internal sealed class SentMessages
{
    private readonly List<NotificationMessage> _messages = [];

    /// <summary>The number of the next message; a keep-alive shows it and does not use it up.</summary>
    public uint Next { get; private set; } = 1;

    public uint[] Available() => [.. _messages.Select(m => m.SequenceNumber)];

    /// <summary>Keeps a message that carries the next number; the oldest goes where there are too many.</summary>
    /// <returns>False where one had to go.</returns>
    public bool Add(NotificationMessage message, int atMost)
    {
        _messages.Add(message);
        Next = Next == uint.MaxValue ? 1 : Next + 1;
        if (_messages.Count <= atMost) return true;
        _messages.RemoveAt(0);
        return false;
    }

    public NotificationMessage? Find(uint sequenceNumber) => _messages.Find(m => m.SequenceNumber == sequenceNumber);

    public bool Remove(uint sequenceNumber) => _messages.RemoveAll(m => m.SequenceNumber == sequenceNumber) > 0;
}

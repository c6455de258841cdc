namespace Ua.Transport;

/// <summary>What belongs to the channel of a connection from its first token to its end.</summary>
internal sealed record OpenChannel(ServerChannel Channel, Handshake Handshake, SecureConversation Conversation, RequestsInFlight Requests, MessageAssembly Assembly)
    : IDisposable
{
    /// <summary>The client's last nonce, which a renewal may not repeat.</summary>
    public byte[] LastClientNonce { get; set; } = [];

    /// <summary>Timestamp at which a channel without a session has been silent for too long.</summary>
    public long SilentUntil { get; set; }

    /// <summary>Timestamp by which the message under way must be complete.</summary>
    public long MessageDue { get; set; } = long.MaxValue;

    public void Dispose()
    {
        Assembly.Dispose();
        Requests.Dispose();
        Conversation.Dispose();
        Handshake.Dispose();
    }
}

namespace Ua.Transport;

/// <summary>The message types of UA-TCP, as a set (Part 6, 7.1.2.2).</summary>
[Flags]
internal enum MessageTypes
{
    None = 0,
    Hello = 1,
    Acknowledge = 2,
    Error = 4,
    ReverseHello = 8,
    Open = 16,
    Message = 32,
    Close = 64,
}

/// <summary>The three bytes that stand for a message type.</summary>
internal static class MessageTypeBytes
{
    public static ReadOnlySpan<byte> Of(MessageTypes type) => type switch
    {
        MessageTypes.Hello => "HEL"u8,
        MessageTypes.Acknowledge => "ACK"u8,
        MessageTypes.Error => "ERR"u8,
        MessageTypes.ReverseHello => "RHE"u8,
        MessageTypes.Open => "OPN"u8,
        MessageTypes.Message => "MSG"u8,
        MessageTypes.Close => "CLO"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not one message type"),
    };

    public static MessageTypes Parse(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'M', (byte)'S', (byte)'G', ..] => MessageTypes.Message,
        [(byte)'O', (byte)'P', (byte)'N', ..] => MessageTypes.Open,
        [(byte)'C', (byte)'L', (byte)'O', ..] => MessageTypes.Close,
        [(byte)'H', (byte)'E', (byte)'L', ..] => MessageTypes.Hello,
        [(byte)'A', (byte)'C', (byte)'K', ..] => MessageTypes.Acknowledge,
        [(byte)'E', (byte)'R', (byte)'R', ..] => MessageTypes.Error,
        [(byte)'R', (byte)'H', (byte)'E', ..] => MessageTypes.ReverseHello,
        _ => MessageTypes.None,
    };
}

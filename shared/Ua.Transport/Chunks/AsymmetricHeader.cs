using Ua.Core;

namespace Ua.Transport;

/// <summary>The security header of OpenSecureChannel messages (Part 6, 6.7.2.3).</summary>
internal sealed record AsymmetricHeader(string? SecurityPolicyUri, byte[]? SenderCertificate, byte[]? ReceiverThumbprint) : IUaStructure<AsymmetricHeader>
{
    private static readonly EncodingLimits s_limits = new() { MaxStringLength = 255, MaxByteStringLength = 64 * 1024 };

    public void Write(ref UaWriter w)
    {
        w.String(SecurityPolicyUri);
        w.ByteString(SenderCertificate);
        w.ByteString(ReceiverThumbprint);
    }

    public static AsymmetricHeader Read(ref UaReader r) => new(
        SecurityPolicyUri: r.String(),
        SenderCertificate: r.ByteString(),
        ReceiverThumbprint: r.ByteString());

    /// <summary>Reads the header of an OPN message and says where it ends, counted from the message's first byte.</summary>
    public static AsymmetricHeader OfMessage(ReadOnlySpan<byte> message, out uint channelId, out int headerLength)
    {
        var r = new UaReader(message, s_limits);
        r.Raw(Frame.HeaderSize);
        channelId = r.UInt32();
        var header = Read(ref r);
        headerLength = r.Position;
        return header;
    }
}

using Ua.Core;

namespace Ua.Transport;

/// <summary>What a server lets its peers use. Sizes in bytes. Shared by all its endpoints.</summary>
public sealed class UaTcpOptions
{
    /// <summary>Largest chunk accepted; at least 8192.</summary>
    public int ReceiveBufferSize { get; set; } = 65_535;

    /// <summary>Largest chunk sent; at least 8192.</summary>
    public int SendBufferSize { get; set; } = 65_535;

    /// <summary>Largest request, before protection.</summary>
    public int MaxMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest request on a channel that no session uses yet.</summary>
    public int MaxMessageSizeWithoutSession { get; set; } = 256 * 1024;

    /// <summary>Most chunks of one request.</summary>
    public int MaxChunkCount { get; set; } = 1024;

    /// <summary>Largest response, where the client accepts as much.</summary>
    public int MaxResponseSize { get; set; } = 16 * 1024 * 1024;

    public int MaxConnections { get; set; } = 500;

    /// <summary>Connections of whoever has not shown yet who he is: they have no session. The oldest makes room for a newer one.</summary>
    public int MaxConnectionsWithoutSession { get; set; } = 500;

    public int MaxChannels { get; set; } = 400;

    /// <summary>Requests of one channel that may wait for their answer; more are not read before one is answered.</summary>
    public int MaxRequestsInFlight { get; set; } = 128;

    /// <summary>From the connection to the end of HEL.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From ACK to the end of the first OpenSecureChannel.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>From the first byte of a chunk to its last, and from the first chunk of a message to its last.</summary>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a channel without a session may be silent.</summary>
    public TimeSpan SilentChannelTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may leave bytes of ours waiting.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan MinChannelLifetime { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan MaxChannelLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For clients that ask for none.</summary>
    public TimeSpan DefaultChannelLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What the decoder of requests accepts.</summary>
    public EncodingLimits EncodingLimits { get; set; } = EncodingLimits.Default;

    /// <summary>Throws where a setting cannot work, with a sentence that names it.</summary>
    public void Validate()
    {
        Least(nameof(ReceiveBufferSize), ReceiveBufferSize, TransportSizes.LeastBufferSize);
        Least(nameof(SendBufferSize), SendBufferSize, TransportSizes.LeastBufferSize);
        Least(nameof(MaxMessageSize), MaxMessageSize, TransportSizes.LeastBufferSize);
        Least(nameof(MaxMessageSizeWithoutSession), MaxMessageSizeWithoutSession, TransportSizes.LeastBufferSize);
        Least(nameof(MaxResponseSize), MaxResponseSize, TransportSizes.LeastBufferSize);
        Least(nameof(MaxChunkCount), MaxChunkCount, 1);
        Least(nameof(MaxConnections), MaxConnections, 1);
        Least(nameof(MaxConnectionsWithoutSession), MaxConnectionsWithoutSession, 1);
        Least(nameof(MaxChannels), MaxChannels, 1);
        Least(nameof(MaxRequestsInFlight), MaxRequestsInFlight, 1);
        Positive(nameof(HelloTimeout), HelloTimeout);
        Positive(nameof(HandshakeTimeout), HandshakeTimeout);
        Positive(nameof(MessageTimeout), MessageTimeout);
        Positive(nameof(SilentChannelTimeout), SilentChannelTimeout);
        Positive(nameof(SendTimeout), SendTimeout);
        Positive(nameof(MinChannelLifetime), MinChannelLifetime);
        if (MaxChannelLifetime < MinChannelLifetime || MaxChannelLifetime > TimeSpan.FromDays(30))
            throw new InvalidOperationException($"{nameof(MaxChannelLifetime)} must lie between {nameof(MinChannelLifetime)} and 30 days.");
    }

    /// <summary>The lifetime that a client gets, in milliseconds.</summary>
    internal uint ReviseLifetime(uint requested)
    {
        var wish = requested == 0 ? DefaultChannelLifetime : TimeSpan.FromMilliseconds(requested);
        return (uint)Math.Clamp(wish.TotalMilliseconds, MinChannelLifetime.TotalMilliseconds, MaxChannelLifetime.TotalMilliseconds);
    }

    private static void Least(string name, int value, int least)
    {
        if (value < least) throw new InvalidOperationException($"{name} is {value} and must be at least {least}.");
    }

    private static void Positive(string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(30)) throw new InvalidOperationException($"{name} is {value} and must be positive and at most 30 days.");
    }
}

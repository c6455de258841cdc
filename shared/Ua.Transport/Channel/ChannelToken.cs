using Ua.Security;

namespace Ua.Transport;

/// <summary>One security token with the keys derived for it. ExpiresAt is a timestamp of the time provider: 125 % of the lifetime (Part 4, 5.6.2).</summary>
internal sealed record ChannelToken(uint Id, ChannelKeys Keys, TimeSpan Lifetime, long ExpiresAt)
{
    /// <summary>How long until three quarters of the lifetime are over; never negative.</summary>
    public TimeSpan UntilRenewal(TimeProvider time)
    {
        var left = TimeSpan.FromSeconds((double)(ExpiresAt - time.GetTimestamp()) / time.TimestampFrequency) - Lifetime / 2;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public static ChannelToken Create(uint id, ChannelKeys keys, uint lifetime, TimeProvider time) => new(
        id,
        keys,
        TimeSpan.FromMilliseconds(lifetime),
        time.GetTimestamp() + (long)(lifetime * 1.25 / 1000 * time.TimestampFrequency));
}

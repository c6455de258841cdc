using Ua.Core;

namespace Ua.Security;

/// <summary>Which side of a channel derives keys.</summary>
public enum ChannelRole
{
    Client,
    Server,
}

/// <summary>One side's share in the keys of one security token; used once (Part 6, 6.7.5 and 6.8.1).</summary>
public interface IKeyAgreement : IDisposable
{
    /// <summary>What goes into ClientNonce or ServerNonce: random bytes, or the public half of an ephemeral key. Empty for policy None.</summary>
    byte[] LocalNonce { get; }

    /// <summary>The keys of both directions.</summary>
    /// <param name="remoteNonce">The nonce field that the other side sent.</param>
    /// <param name="role">Which side this is.</param>
    /// <param name="mode">Sign or SignAndEncrypt; None for policy None.</param>
    /// <param name="previous">On renewal the keys of the token before, which policies with chained derivation mix in.</param>
    /// <exception cref="UaException">Bad_NonceInvalid where the nonce has the wrong length or cannot be used.</exception>
    ChannelKeys Derive(ReadOnlySpan<byte> remoteNonce, ChannelRole role, MessageSecurityMode mode, ChannelKeys? previous);
}

/// <summary>What protects the messages of one security token, each direction on its own, so that one task may send while another receives.</summary>
public sealed record ChannelKeys(IChunkProtector Sending, IChunkProtector Receiving);

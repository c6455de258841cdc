using Ua.Core;

namespace Ua.Client;

/// <summary>What a client must know to take up its session on another channel. The token is a secret, so this is no record that prints itself.</summary>
internal sealed class SessionTicket(NodeId sessionId, NodeId authenticationToken, TimeSpan timeout, byte[]? serverNonce, byte[]? serverCertificate)
{
    public NodeId SessionId { get; } = sessionId;

    public NodeId AuthenticationToken { get; } = authenticationToken;

    /// <summary>As the server revised it.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>What the next activation signs.</summary>
    public byte[]? ServerNonce { get; } = serverNonce;

    public byte[]? ServerCertificate { get; } = serverCertificate;

    public SessionTicket After(byte[]? serverNonce, byte[]? serverCertificate) => new(SessionId, AuthenticationToken, Timeout, serverNonce, serverCertificate);
}

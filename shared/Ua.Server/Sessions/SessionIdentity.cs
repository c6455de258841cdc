using Ua.Core;

namespace Ua.Server.Sessions;

/// <summary>What of a session never changes. The authentication token is a secret between client and server.</summary>
/// <param name="Id">Public id of the session.</param>
/// <param name="AuthenticationToken">What requests name it by.</param>
/// <param name="Name">The name that the client gave it.</param>
/// <param name="Client">What the client said of itself.</param>
/// <param name="ClientCertificate">The certificate of the client; null on policy None.</param>
/// <param name="ClientKey">What counts as one client for limits.</param>
/// <param name="ServerUri">The server that the client asked for.</param>
/// <param name="EndpointUrl">The URL by which it came.</param>
/// <param name="MaxResponseMessageSize">In bytes; 0 is no limit.</param>
internal sealed record SessionIdentity(
    NodeId Id,
    NodeId AuthenticationToken,
    string Name,
    ApplicationDescription Client,
    byte[]? ClientCertificate,
    string ClientKey,
    string? ServerUri,
    string? EndpointUrl,
    uint MaxResponseMessageSize)
{
    /// <summary>The longest answer that the client takes, in bytes of its body.</summary>
    public int MaxResponseSize => MaxResponseMessageSize == 0 ? int.MaxValue : (int)Math.Min(MaxResponseMessageSize, int.MaxValue);

    public override string ToString() => $"session {Id} '{Name}'";
}

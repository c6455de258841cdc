using System.Net;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <summary>What a server's channels need to know about certificates. Asked anew for each channel, so that changes count at once.</summary>
public interface IChannelSecurity
{
    /// <summary>The certificate that new channels under this policy show; null where the server has none that fits. Its key must stay usable while channels are open.</summary>
    OwnCertificate? CurrentCertificate(ISecurityPolicy policy);

    /// <summary>Judges a client that has proven to hold the key of its certificate; asked when a channel opens and when its token is renewed.</summary>
    ValueTask<ClientVerdict> CheckClientAsync(ClientCertificate client, CancellationToken cancellationToken);
}

/// <summary>A client's certificate (chain as it was sent, leaf first) and how it is used.</summary>
public sealed record ClientCertificate(byte[] Chain, ISecurityPolicy Policy, MessageSecurityMode Mode, EndPoint? RemoteEndPoint, bool IsRenewal);

/// <summary>Whether a client may open a channel, and what it is told if not.</summary>
/// <param name="StatusCode">Good, or the code of the first check that failed; for log and audit.</param>
/// <param name="PublicStatusCode">What goes over the wire: Bad_SecurityChecksFailed while the certificate is not trusted (Part 4, 6.1.3).</param>
/// <param name="Text">A sentence for log and audit; the client reads it only where both codes are the same.</param>
public sealed record ClientVerdict(StatusCode StatusCode, StatusCode PublicStatusCode, string Text)
{
    public static readonly ClientVerdict Accepted = new(StatusCodes.Good, StatusCodes.Good, "");

    internal UaException ToWireError() => StatusCode == PublicStatusCode
        ? new(StatusCode, Text)
        : new(PublicStatusCode, "The security checks failed.");
}

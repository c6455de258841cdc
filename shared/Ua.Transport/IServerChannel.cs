using System.Net;
using Ua.Core;

namespace Ua.Transport;

/// <summary>An open secure channel as the services of a server see it.</summary>
public interface IServerChannel
{
    uint Id { get; }

    /// <summary>URI of the security policy.</summary>
    string SecurityPolicyUri { get; }

    MessageSecurityMode SecurityMode { get; }

    /// <summary>The client's certificate as it was sent in OpenSecureChannel, chain included; null on policy None.</summary>
    byte[]? ClientCertificate { get; }

    /// <summary>The certificate bytes that this server sent in its OpenSecureChannel response; null on policy None.</summary>
    byte[]? ServerCertificate { get; }

    /// <summary>The URL of the client's HEL message.</summary>
    string EndpointUrl { get; }

    EndPoint? RemoteEndPoint { get; }

    /// <summary>When the connection was made, as a timestamp of the server's clock; null where there is none, as in a test.</summary>
    long? ConnectedAt => null;

    /// <summary>The endpoint that the client connected to, whatever URL it named; null where nothing listens, as in a test.</summary>
    UaTcpEndpoint? Endpoint => null;

    /// <summary>
    /// Set by the session layer while a session uses the channel. A channel without one has less time and smaller messages,
    /// and is the first to go when channels run out.
    /// </summary>
    bool HasSession { get; set; }

    /// <summary>Cancelled when the channel is closed, by whichever side.</summary>
    CancellationToken Closed { get; }

    /// <summary>Sends ERR with the status and closes the connection.</summary>
    void Abort(StatusCode status, string reason);
}

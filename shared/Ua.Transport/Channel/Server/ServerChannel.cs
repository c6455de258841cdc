using System.Net;
using Ua.Core;

namespace Ua.Transport;

/// <summary>A channel as services see it. The connection behind it owns everything that changes.</summary>
internal sealed class ServerChannel(
    uint id, Handshake handshake, MessageSecurityMode mode, string endpointUrl, EndPoint? remote, ServerConnection connection) : IServerChannel
{
    private volatile bool _hasSession;

    public uint Id => id;

    public string SecurityPolicyUri => handshake.Policy.Uri;

    public MessageSecurityMode SecurityMode => mode;

    public byte[]? ClientCertificate => handshake.PeerCertificate;

    public byte[]? ServerCertificate => handshake.Own?.Chain;

    public string EndpointUrl => endpointUrl;

    public EndPoint? RemoteEndPoint => remote;

    public long? ConnectedAt => connection.ConnectedAt;

    public UaTcpEndpoint Endpoint => connection.Endpoint;

    public bool HasSession
    {
        get => _hasSession;
        set
        {
            if (_hasSession == value) return;
            _hasSession = value;
            connection.DeadlineMoved();
        }
    }

    public CancellationToken Closed => connection.Closed;

    public void Abort(StatusCode status, string reason) => connection.Abort(status, reason);
}

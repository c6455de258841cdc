using System.Net;
using Ua.Core;
using Ua.Security;
using Ua.Transport;

namespace Ua.Server.Tests.Kit;

/// <summary>A channel without a wire.</summary>
internal sealed class FakeChannel(uint id, ISecurityPolicy policy, MessageSecurityMode mode, byte[]? client, byte[]? server) : IServerChannel, IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    public uint Id => id;

    public string SecurityPolicyUri => policy.Uri;

    public MessageSecurityMode SecurityMode => mode;

    public byte[]? ClientCertificate => client;

    public byte[]? ServerCertificate => server;

    public string EndpointUrl { get; init; } = TestServer.Url;

    public EndPoint? RemoteEndPoint { get; init; } = new IPEndPoint(IPAddress.Loopback, 50_000);

    public UaTcpEndpoint? Endpoint { get; init; }

    public bool HasSession { get; set; }

    public CancellationToken Closed => _closed.Token;

    public (StatusCode Status, string Reason)? Aborted { get; private set; }

    public void Abort(StatusCode status, string reason)
    {
        Aborted = (status, reason);
        _closed.Cancel();
    }

    public void Dispose() => _closed.Dispose();
}

namespace Interop.Driving;

/// <summary>
/// A foreign server with push management (node-opcua-server-configuration) in a process of its own. Its trust folder owns its
/// key pair: the certificate and key of the options are copied there unless a pair lies there already.
/// </summary>
internal sealed class NodePushServer : IAsyncDisposable
{
    private NodePushServer(NodePeer peer, NodeServerDescription description)
    {
        Peer = peer;
        Description = description;
    }

    public NodePeer Peer { get; }

    /// <summary>As of the last start.</summary>
    public NodeServerDescription Description { get; private set; }

    public string EndpointUrl => Description.EndpointUrl;

    /// <summary>CertificateFile and PrivateKeyFile are required; without Policies and Modes only Basic256Sha256 with SignAndEncrypt is offered.</summary>
    public static async Task<NodePushServer> StartAsync(NodeServe options, CancellationToken ct = default)
    {
        var peer = NodePeer.Start("push-server.mjs", "push-peers");
        try
        {
            return new(peer, await peer.AskAsync<NodeServerDescription>("start", options, ct: ct));
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the server serves now; the thumbprint is that of the last certificate applied.</summary>
    public Task<NodeServerDescription> DescribeAsync(CancellationToken ct = default) => Peer.AskAsync<NodeServerDescription>("describe", ct: ct);

    /// <summary>Stops and starts again on the same port with what lies in the trust folder now.</summary>
    public async Task RestartAsync(object? changes = null, CancellationToken ct = default) =>
        Description = await Peer.AskAsync<NodeServerDescription>("restart", changes, ct: ct);

    public Task ShutdownAsync(CancellationToken ct = default) => Peer.AskAsync("shutdown", ct: ct);

    /// <summary>Name of the status code with which the server's own trust folder judges a certificate file.</summary>
    public async Task<string> VerifyAsync(string certificateFile, CancellationToken ct = default) =>
        (string)(await Peer.AskAsync("verify", new { certificateFile }, ct: ct))["statusCode"]!;

    public ValueTask DisposeAsync() => Peer.DisposeAsync();
}

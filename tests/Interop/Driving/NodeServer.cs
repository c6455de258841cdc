namespace Interop.Driving;

/// <summary>A foreign server (node-opcua) in a process of its own, with the small plant of peers/README.md.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    /// <summary>Namespace of everything in the plant.</summary>
    public const string PlantUri = "urn:gdssuite:interop:plant";

    private NodeServer(NodePeer peer, NodeServerDescription description)
    {
        Peer = peer;
        Description = description;
    }

    public NodePeer Peer { get; }

    /// <summary>As of the last start.</summary>
    public NodeServerDescription Description { get; private set; }

    public string EndpointUrl => Description.EndpointUrl;

    /// <summary>NodeId text of a node of the plant, for the peers: "nsu=…;s=name".</summary>
    public static string Plant(string name) => $"nsu={PlantUri};s={name}";

    public static async Task<NodeServer> StartAsync(NodeServe options, CancellationToken ct = default)
    {
        var peer = NodePeer.Start("server.mjs");
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

    /// <summary>Stops and starts again on the same port; what is not null in <paramref name="changes"/> replaces the options of the start.</summary>
    public async Task RestartAsync(object? changes = null, CancellationToken ct = default) =>
        Description = await Peer.AskAsync<NodeServerDescription>("restart", changes, ct: ct);

    public Task ShutdownAsync(CancellationToken ct = default) => Peer.AskAsync("shutdown", ct: ct);

    public Task<NodeServerStats> StatsAsync(CancellationToken ct = default) => Peer.AskAsync<NodeServerStats>("stats", ct: ct);

    /// <summary>Reads the trust folder again, after another process has written it.</summary>
    public Task ReloadTrustAsync(CancellationToken ct = default) => Peer.AskAsync("reloadTrust", ct: ct);

    /// <summary>Name of the status code with which the server's own trust folder judges a certificate file.</summary>
    public async Task<string> VerifyAsync(string certificateFile, CancellationToken ct = default) =>
        (string)(await Peer.AskAsync("verify", new { certificateFile }, ct: ct))["statusCode"]!;

    public Task SetValueAsync(string nodeId, NodeVariant value, string? statusCode = null, DateTime? sourceTimestamp = null, CancellationToken ct = default) =>
        Peer.AskAsync("setValue", new { nodeId, value, statusCode, sourceTimestamp }, ct: ct);

    public Task<NodeDataValue> GetValueAsync(string nodeId, CancellationToken ct = default) =>
        Peer.AskAsync<NodeDataValue>("getValue", new { nodeId }, ct: ct);

    /// <summary>Raises events of PlantEventType, by default on the Plant folder; with count above 1 the messages are numbered.</summary>
    public Task RaiseEventAsync(string message, int severity = 500, string detail = "", int count = 1, string? nodeId = null, CancellationToken ct = default) =>
        Peer.AskAsync("raiseEvent", new { message, severity, detail, count, nodeId }, ct: ct);

    public ValueTask DisposeAsync() => Peer.DisposeAsync();
}

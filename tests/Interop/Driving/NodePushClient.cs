namespace Interop.Driving;

/// <summary>
/// A foreign push client (node-opcua-server-configuration) in a process of its own: what its library does to the
/// ServerConfiguration object of a server, described in push-peers/README.md. Without a group the DefaultApplicationGroup is meant.
/// </summary>
internal sealed class NodePushClient : IAsyncDisposable
{
    public NodePeer Peer { get; } = NodePeer.Start("push-client.mjs", "push-peers");

    public Task<NodeStatus> ConnectAsync(NodeConnect options, CancellationToken ct = default) => Peer.AskAsync<NodeStatus>("connect", options, ct: ct);

    public Task CloseAsync(CancellationToken ct = default) => Peer.AskAsync("close", ct: ct);

    public Task<NodeStatus> StatusAsync(CancellationToken ct = default) => Peer.AskAsync<NodeStatus>("status", ct: ct);

    public Task<NodeDataValue> ReadAsync(string nodeId, CancellationToken ct = default) => Peer.AskAsync<NodeDataValue>("read", new { nodeId }, ct: ct);

    public Task<NodeCall> CallAsync(string objectId, string methodId, params NodeVariant[] args) =>
        Peer.AskAsync<NodeCall>("call", new { objectId, methodId, args });

    public Task<string[]> SupportedPrivateKeyFormatsAsync(CancellationToken ct = default) => TextsAsync("supportedPrivateKeyFormats", null, "formats", ct);

    /// <summary>NodeIds of the certificate types of a group.</summary>
    public Task<string[]> CertificateTypesAsync(string? group = null, CancellationToken ct = default) => TextsAsync("certificateTypes", new { group }, "types", ct);

    /// <summary>With <paramref name="regenerate"/> the client sends 32 random bytes as nonce unless one is given.</summary>
    public Task<NodeSigningRequest> CreateSigningRequestAsync(
        bool regenerate, string? subject = null, string? group = null, string? type = null, byte[]? nonce = null, CancellationToken ct = default) =>
        Peer.AskAsync<NodeSigningRequest>("createSigningRequest", new { regenerate, subject, group, type, nonce }, ct: ct);

    public Task<NodeCertificateUpdate> UpdateCertificateAsync(
        byte[] certificate,
        byte[][] issuers,
        string? privateKeyFormat = null,
        byte[]? privateKey = null,
        string? group = null,
        string? type = null,
        CancellationToken ct = default) =>
        Peer.AskAsync<NodeCertificateUpdate>("updateCertificate", new { certificate, issuers, privateKeyFormat, privateKey, group, type }, ct: ct);

    /// <summary>Name of the status code.</summary>
    public Task<string> ApplyChangesAsync(CancellationToken ct = default) => StatusCodeAsync("applyChanges", null, ct);

    public Task<NodeRejectedList> RejectedListAsync(CancellationToken ct = default) => Peer.AskAsync<NodeRejectedList>("rejectedList", ct: ct);

    /// <summary>Reads with OpenWithMasks when masks are given, else with Open.</summary>
    public Task<NodeTrustList> ReadTrustListAsync(int? masks = null, string? group = null, CancellationToken ct = default) =>
        Peer.AskAsync<NodeTrustList>("readTrustList", new { masks, group }, ct: ct);

    /// <summary>Open for write and erase, Write in blocks, CloseAndUpdate, as Part 12 has it.</summary>
    public Task<NodeTrustListUpdate> WriteTrustListAsync(NodeTrustList list, int? block = null, string? group = null, CancellationToken ct = default) =>
        Peer.AskAsync<NodeTrustListUpdate>(
            "writeTrustList",
            new { list.SpecifiedLists, list.TrustedCertificates, list.TrustedCrls, list.IssuerCertificates, list.IssuerCrls, block, group },
            ct: ct);

    /// <summary>Name of the status code.</summary>
    public Task<string> AddCertificateAsync(byte[] certificate, bool trusted = true, string? group = null, CancellationToken ct = default) =>
        StatusCodeAsync("addCertificate", new { certificate, trusted, group }, ct);

    /// <summary>Name of the status code; the thumbprint is SHA-1 in hexadecimal.</summary>
    public Task<string> RemoveCertificateAsync(string thumbprint, bool trusted = true, string? group = null, CancellationToken ct = default) =>
        StatusCodeAsync("removeCertificate", new { thumbprint, trusted, group }, ct);

    public ValueTask DisposeAsync() => Peer.DisposeAsync();

    private async Task<string> StatusCodeAsync(string command, object? fields, CancellationToken ct) =>
        (string)(await Peer.AskAsync(command, fields, ct: ct))["statusCode"]!;

    private async Task<string[]> TextsAsync(string command, object? fields, string name, CancellationToken ct) =>
        [.. (await Peer.AskAsync(command, fields, ct: ct))[name]!.AsArray().Select(item => (string)item!)];
}

/// <summary>Request is the PKCS#10 DER, null unless the status code is Good.</summary>
internal sealed record NodeSigningRequest(string StatusCode, byte[]? Request);

internal sealed record NodeCertificateUpdate(string StatusCode, bool ApplyChangesRequired);

internal sealed record NodeRejectedList(string StatusCode, byte[][] Certificates);

/// <summary>ApplyChangesRequired is null when the server gave no output argument.</summary>
internal sealed record NodeTrustListUpdate(string StatusCode, bool? ApplyChangesRequired);

/// <summary>A TrustListDataType; SpecifiedLists are the masks of Part 12.</summary>
internal sealed record NodeTrustList(int SpecifiedLists, byte[][] TrustedCertificates, byte[][] TrustedCrls, byte[][] IssuerCertificates, byte[][] IssuerCrls);

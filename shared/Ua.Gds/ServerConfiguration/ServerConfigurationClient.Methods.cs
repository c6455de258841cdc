using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <content>The methods (Part 12, 7.10.4 to 7.10.14). A null group is the DefaultApplicationGroup.</content>
public sealed partial class ServerConfigurationClient
{
    /// <summary>The least entropy that goes with the order to make a new key.</summary>
    public const int LeastNonceLength = 32;

    /// <summary>Has the application sign a request for a certificate.</summary>
    /// <param name="groupId">For which group.</param>
    /// <param name="typeId">For which certificate type.</param>
    /// <param name="subjectName">Such as CN=Pump/O=Plant; null keeps the subject of the current certificate.</param>
    /// <param name="regeneratePrivateKey">Over a new key; then the nonce is mixed into its randomness.</param>
    /// <param name="nonce">32 random bytes at least with a new key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>PKCS #10 in DER.</returns>
    public async Task<byte[]> CreateSigningRequestAsync(
        NodeId groupId, NodeId typeId, string? subjectName, bool regeneratePrivateKey, byte[]? nonce, CancellationToken cancellationToken = default)
    {
        if (regeneratePrivateKey && nonce is not { Length: >= LeastNonceLength })
            throw new ArgumentException($"A new key needs a nonce of {LeastNonceLength} bytes at least, not {nonce?.Length ?? 0}.", nameof(nonce));
        Variant[] arguments = [groupId, typeId, subjectName, regeneratePrivateKey, nonce];
        var outputs = await CallAsync("CreateSigningRequest", ServerConfigurationIds.CreateSigningRequest, arguments, cancellationToken).ConfigureAwait(false);
        return outputs.Get<byte[]?>(0, "CertificateRequest") is { Length: > 0 } request
            ? request
            : throw new UaException(StatusCodes.BadUnknownResponse, "The server returned no signing request.");
    }

    /// <summary>Gives a certificate for a key that the server has: of a signing request or of the current certificate.</summary>
    /// <param name="groupId">For which group.</param>
    /// <param name="typeId">For which certificate type.</param>
    /// <param name="certificate">DER of the certificate alone.</param>
    /// <param name="issuers">DER of its CAs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it counts only after ApplyChanges.</returns>
    public Task<bool> UpdateCertificateAsync(
        NodeId groupId, NodeId typeId, byte[] certificate, IReadOnlyList<byte[]> issuers, CancellationToken cancellationToken = default) =>
        UpdateAsync(groupId, typeId, certificate, issuers, format: "", privateKey: null, cancellationToken);

    /// <summary>Gives a certificate together with its key.</summary>
    /// <param name="groupId">For which group.</param>
    /// <param name="typeId">For which certificate type.</param>
    /// <param name="certificate">DER of the certificate alone.</param>
    /// <param name="issuers">DER of its CAs.</param>
    /// <param name="format">One of <see cref="PrivateKeyFormats"/>.</param>
    /// <param name="privateKey">In that format: PFX with an empty password, or PKCS #8 in PEM.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it counts only after ApplyChanges.</returns>
    public async Task<bool> UpdateCertificateAsync(
        NodeId groupId, NodeId typeId, byte[] certificate, IReadOnlyList<byte[]> issuers, string format, byte[] privateKey, CancellationToken cancellationToken = default)
    {
        if (format is not (PrivateKeyFormats.Pfx or PrivateKeyFormats.Pem)) throw new ArgumentException($"'{format}' is no format of private keys; known are PFX and PEM.", nameof(format));
        if (privateKey is not { Length: > 0 }) throw new ArgumentException("The private key is empty.", nameof(privateKey));
        return await UpdateAsync(groupId, typeId, certificate, issuers, format, privateKey, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts all changes into force. The server may cut the connection after its answer, or before it arrives.</summary>
    public async Task ApplyChangesAsync(CancellationToken cancellationToken = default) =>
        await CallAsync("ApplyChanges", ServerConfigurationIds.ApplyChanges, [], cancellationToken).ConfigureAwait(false);

    /// <summary>Drops the changes that are not in force yet. Optional for a server without transactions.</summary>
    public async Task CancelChangesAsync(CancellationToken cancellationToken = default) =>
        await CallOptionalAsync("CancelChanges", ServerConfigurationIds.CancelChanges, [], cancellationToken).ConfigureAwait(false);

    /// <summary>The certificates that the server refused, DER.</summary>
    public async Task<IReadOnlyList<byte[]>> GetRejectedListAsync(CancellationToken cancellationToken = default) =>
        Bytes(await CallAsync("GetRejectedList", ServerConfigurationIds.GetRejectedList, [], cancellationToken).ConfigureAwait(false), 0, "Certificates");

    /// <summary>The certificates of a group. Optional for a server.</summary>
    public async Task<IReadOnlyList<TypedCertificate>> GetCertificatesAsync(NodeId groupId, CancellationToken cancellationToken = default)
    {
        var outputs = await CallOptionalAsync("GetCertificates", ServerConfigurationIds.GetCertificates, [groupId], cancellationToken).ConfigureAwait(false);
        var types = outputs.Get<NodeId[]?>(0, "CertificateTypeIds") ?? [];
        var certificates = outputs.Get<byte[]?[]?>(1, "Certificates") ?? [];
        if (types.Length != certificates.Length)
            throw new UaException(StatusCodes.BadUnknownResponse, $"The server returned {certificates.Length} certificates for {types.Length} types.");
        return [.. types.Zip(certificates).Where(p => p.Second is { Length: > 0 }).Select(p => new TypedCertificate(p.First, p.Second!))];
    }

    /// <summary>Fills an empty place with a self-signed certificate. Optional for a server.</summary>
    /// <param name="groupId">For which group.</param>
    /// <param name="typeId">For which certificate type.</param>
    /// <param name="subjectName">Null leaves it to the server.</param>
    /// <param name="dnsNames">Host names.</param>
    /// <param name="ipAddresses">Addresses of the host.</param>
    /// <param name="lifetimeInDays">0 leaves it to the server.</param>
    /// <param name="keySizeInBits">0 leaves it to the server.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>DER.</returns>
    public async Task<byte[]> CreateSelfSignedCertificateAsync(
        NodeId groupId,
        NodeId typeId,
        string? subjectName,
        IReadOnlyList<string> dnsNames,
        IReadOnlyList<string> ipAddresses,
        ushort lifetimeInDays = 0,
        ushort keySizeInBits = 0,
        CancellationToken cancellationToken = default)
    {
        Variant[] arguments = [groupId, typeId, subjectName, (string?[])[.. dnsNames], (string?[])[.. ipAddresses], lifetimeInDays, keySizeInBits];
        var outputs = await CallOptionalAsync("CreateSelfSignedCertificate", ServerConfigurationIds.CreateSelfSignedCertificate, arguments, cancellationToken).ConfigureAwait(false);
        return outputs.Get<byte[]?>(0, "Certificate") is { Length: > 0 } certificate
            ? certificate
            : throw new UaException(StatusCodes.BadUnknownResponse, "The server returned no certificate.");
    }

    /// <summary>Empties the place of a certificate; counts after ApplyChanges. Optional for a server.</summary>
    public async Task DeleteCertificateAsync(NodeId groupId, NodeId typeId, CancellationToken cancellationToken = default) =>
        await CallOptionalAsync("DeleteCertificate", ServerConfigurationIds.DeleteCertificate, [groupId, typeId], cancellationToken).ConfigureAwait(false);

    /// <summary>Has the application go back to its defaults and start again. Optional for a server.</summary>
    public async Task ResetToServerDefaultsAsync(CancellationToken cancellationToken = default) =>
        await CallOptionalAsync("ResetToServerDefaults", ServerConfigurationIds.ResetToServerDefaults, [], cancellationToken).ConfigureAwait(false);

    /// <summary>How the last transaction went; null where the server does not tell.</summary>
    public async Task<TransactionDiagnostics?> ReadTransactionDiagnosticsAsync(CancellationToken cancellationToken = default)
    {
        if (_members.Find("TransactionDiagnostics") is not { } node) return null;
        var members = await ObjectMembers.BrowseAsync(Session, node, cancellationToken).ConfigureAwait(false);
        string[] names = ["StartTime", "EndTime", "Result", "AffectedTrustLists", "AffectedCertificateGroups", "Errors"];
        var values = await members.ReadAsync(Session, names, cancellationToken).ConfigureAwait(false);
        return new TransactionDiagnostics(
            values.Value<DateTime>("StartTime"),
            values.Value<DateTime>("EndTime"),
            values.Value<StatusCode>("Result"),
            values.Reference<NodeId[]>("AffectedTrustLists") ?? [],
            values.Reference<NodeId[]>("AffectedCertificateGroups") ?? [],
            [.. (values.Reference<ExtensionObject[]>("Errors") ?? []).Select(Error)]);
    }

    private async Task<bool> UpdateAsync(
        NodeId groupId, NodeId typeId, byte[] certificate, IReadOnlyList<byte[]> issuers, string format, byte[]? privateKey, CancellationToken cancellationToken)
    {
        Variant[] arguments = [groupId, typeId, certificate, (byte[]?[])[.. issuers], format, privateKey];
        var outputs = await CallAsync("UpdateCertificate", ServerConfigurationIds.UpdateCertificate, arguments, cancellationToken).ConfigureAwait(false);
        return outputs.Get<bool>(0, "ApplyChangesRequired");
    }

    private TransactionErrorType Error(ExtensionObject value) => value.TryDecode<TransactionErrorType>(out var error, Session.Options.Limits)
        ? error!
        : throw new UaException(StatusCodes.BadUnknownResponse, $"The server returned a structure with the encoding {value.TypeId} among the errors of the transaction.");

    private Task<Variant[]> CallAsync(string name, NodeId ofType, IReadOnlyList<Variant> arguments, CancellationToken cancellationToken) =>
        Session.CallAsync(NodeId, _members.Method(name, ofType), arguments, cancellationToken);

    private Task<Variant[]> CallOptionalAsync(string name, NodeId ofType, IReadOnlyList<Variant> arguments, CancellationToken cancellationToken) => _members.Has(name)
        ? CallAsync(name, ofType, arguments, cancellationToken)
        : throw new UaException(StatusCodes.BadNotSupported, $"{NodeId} has no method {name}.");

    private static byte[][] Bytes(Variant[] outputs, int index, string name) =>
        [.. (outputs.Get<byte[]?[]?>(index, name) ?? []).Where(b => b is { Length: > 0 }).Select(b => b!)];
}

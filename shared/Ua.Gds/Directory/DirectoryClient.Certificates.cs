using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <content>The certificate manager (Part 12, 7.9): pull management. A null group or type leaves the choice to the GDS.</content>
public sealed partial class DirectoryClient
{
    /// <summary>Asks for a certificate over a PKCS#10 request in DER.</summary>
    /// <returns>The id to finish the request with; keep it before anything else.</returns>
    public async Task<NodeId> StartSigningRequestAsync(
        NodeId applicationId, NodeId groupId, NodeId typeId, byte[] certificateRequest, CancellationToken cancellationToken = default)
    {
        var call = await CallAsync(DirectoryMethodIds.StartSigningRequest, [applicationId, groupId, typeId, certificateRequest], cancellationToken).ConfigureAwait(false);
        return call.Outputs.Get<NodeId>(0, "RequestId");
    }

    /// <summary>Asks for a key pair with its certificate.</summary>
    /// <param name="applicationId">Whose.</param>
    /// <param name="groupId">For which certificate group.</param>
    /// <param name="typeId">Of which certificate type.</param>
    /// <param name="subjectName">Such as CN=Pump/O=Plant; null lets the GDS decide.</param>
    /// <param name="domainNames">Null takes the hosts of the DiscoveryUrls.</param>
    /// <param name="privateKeyFormat">PFX or PEM.</param>
    /// <param name="privateKeyPassword">Protects the key that is returned.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<NodeId> StartNewKeyPairRequestAsync(
        NodeId applicationId,
        NodeId groupId,
        NodeId typeId,
        string? subjectName,
        IReadOnlyList<string>? domainNames,
        string privateKeyFormat,
        string? privateKeyPassword,
        CancellationToken cancellationToken = default)
    {
        Variant[] arguments = [applicationId, groupId, typeId, subjectName, (string?[]?)domainNames?.ToArray(), privateKeyFormat, privateKeyPassword];
        var call = await CallAsync(DirectoryMethodIds.StartNewKeyPairRequest, arguments, cancellationToken).ConfigureAwait(false);
        return call.Outputs.Get<NodeId>(0, "RequestId");
    }

    /// <summary>The certificate of a request; null where it is not decided or issued yet, and is to be asked for again.</summary>
    public async Task<FinishedRequest?> FinishRequestAsync(NodeId applicationId, NodeId requestId, CancellationToken cancellationToken = default)
    {
        try
        {
            var outputs = (await CallAsync(DirectoryMethodIds.FinishRequest, [applicationId, requestId], cancellationToken).ConfigureAwait(false)).Outputs;
            var certificate = outputs.Get<byte[]?>(0, "Certificate");
            if (certificate is not { Length: > 0 }) throw new UaException(StatusCodes.BadUnknownResponse, "The GDS finished the request without a certificate.");
            var key = outputs.Get<byte[]?>(1, "PrivateKey");
            return new FinishedRequest(certificate, key is { Length: > 0 } ? key : null, Bytes(outputs, 2, "IssuerCertificates"));
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadNothingToDo)
        {
            return null;
        }
    }

    /// <summary>The groups that an application belongs to.</summary>
    public async Task<IReadOnlyList<NodeId>> GetCertificateGroupsAsync(NodeId applicationId, CancellationToken cancellationToken = default) =>
        (await CallAsync(DirectoryMethodIds.GetCertificateGroups, [applicationId], cancellationToken).ConfigureAwait(false)).Outputs.Get<NodeId[]?>(0, "CertificateGroupIds") ?? [];

    /// <summary>The certificates that an application has in a group. Optional for a GDS: Bad_MethodInvalid where it has no such method.</summary>
    public async Task<IReadOnlyList<TypedCertificate>> GetCertificatesAsync(NodeId applicationId, NodeId groupId, CancellationToken cancellationToken = default)
    {
        var outputs = (await CallAsync(DirectoryMethodIds.GetCertificates, [applicationId, groupId], cancellationToken).ConfigureAwait(false)).Outputs;
        var types = outputs.Get<NodeId[]?>(0, "CertificateTypeIds") ?? [];
        var certificates = outputs.Get<byte[]?[]?>(1, "Certificates") ?? [];
        if (types.Length != certificates.Length)
            throw new UaException(StatusCodes.BadUnknownResponse, $"The GDS returned {certificates.Length} certificates for {types.Length} types.");
        return [.. types.Zip(certificates).Where(p => p.Second is { Length: > 0 }).Select(p => new TypedCertificate(p.First, p.Second!))];
    }

    /// <summary>The trust list of a group, to be read by <see cref="ReadTrustListAsync"/>.</summary>
    public async Task<NodeId> GetTrustListAsync(NodeId applicationId, NodeId groupId, CancellationToken cancellationToken = default) =>
        (await CallAsync(DirectoryMethodIds.GetTrustList, [applicationId, groupId], cancellationToken).ConfigureAwait(false)).Outputs.Get<NodeId>(0, "TrustListId");

    /// <summary>Whether the GDS wants the application to ask for a new certificate.</summary>
    public async Task<bool> GetCertificateStatusAsync(NodeId applicationId, NodeId groupId, NodeId typeId, CancellationToken cancellationToken = default) =>
        (await CallAsync(DirectoryMethodIds.GetCertificateStatus, [applicationId, groupId, typeId], cancellationToken).ConfigureAwait(false)).Outputs.Get<bool>(0, "UpdateRequired");

    /// <summary>Revokes a certificate of an application. Optional for a GDS.</summary>
    public async Task RevokeCertificateAsync(NodeId applicationId, byte[] certificate, CancellationToken cancellationToken = default) =>
        await CallAsync(DirectoryMethodIds.RevokeCertificate, [applicationId, certificate], cancellationToken).ConfigureAwait(false);

    /// <summary>Asks whether a certificate is revoked. Optional for a GDS.</summary>
    public async Task<RevocationStatus> CheckRevocationStatusAsync(byte[] certificate, CancellationToken cancellationToken = default)
    {
        var outputs = (await CallAsync(DirectoryMethodIds.CheckRevocationStatus, [certificate], cancellationToken).ConfigureAwait(false)).Outputs;
        return new RevocationStatus(outputs.Get<StatusCode>(0, "CertificateStatus"), outputs.Get<DateTime>(1, "ValidityTime"));
    }

    /// <summary>Reads a trust list, whole or in part.</summary>
    public Task<TrustListDataType> ReadTrustListAsync(NodeId trustListId, TrustListMasks masks = TrustListMasks.All, CancellationToken cancellationToken = default) =>
        new TrustListFile(session, trustListId).ReadAsync(masks, cancellationToken);

    /// <summary>When a trust list was changed last; DateTime.MinValue where the GDS does not know.</summary>
    public Task<DateTime> ReadLastUpdateTimeAsync(NodeId trustListId, CancellationToken cancellationToken = default) =>
        new TrustListFile(session, trustListId).ReadLastUpdateTimeAsync(cancellationToken);

    private static byte[][] Bytes(Variant[] outputs, int index, string name) =>
        [.. (outputs.Get<byte[]?[]?>(index, name) ?? []).Where(b => b is { Length: > 0 }).Select(b => b!)];
}

using Ua.Core;

namespace Ua.Gds;

/// <summary>A page of QueryApplications; NextRecordId 0 means that there is no further one (Part 12, 6.5.9).</summary>
public sealed record ApplicationPage(DateTime LastCounterResetTime, uint NextRecordId, IReadOnlyList<ApplicationDescription> Applications);

/// <summary>A page of QueryServers; the next begins after the highest RecordId (Part 12, 6.5.10).</summary>
public sealed record ServerPage(DateTime LastCounterResetTime, IReadOnlyList<ServerOnNetwork> Servers);

/// <summary>What to query for; empty texts and lists are no condition, the texts may hold LIKE wildcards.</summary>
/// <param name="ApplicationType">A mask: 0 is all, 1 servers, 2 clients.</param>
public sealed record ApplicationQuery(
    uint StartingRecordId = 0,
    uint MaxRecordsToReturn = 0,
    string? ApplicationName = null,
    string? ApplicationUri = null,
    uint ApplicationType = 0,
    string? ProductUri = null,
    IReadOnlyList<string>? Capabilities = null);

/// <summary>A finished request. This is no record, since a record would print the key.</summary>
public sealed class FinishedRequest(byte[] certificate, byte[]? privateKey, IReadOnlyList<byte[]> issuerCertificates)
{
    /// <summary>DER.</summary>
    public byte[] Certificate { get; } = certificate;

    /// <summary>In the format asked for; null for signing requests.</summary>
    public byte[]? PrivateKey { get; } = privateKey;

    /// <summary>DER, the immediate issuer first.</summary>
    public IReadOnlyList<byte[]> IssuerCertificates { get; } = issuerCertificates;
}

/// <summary>A certificate that an application has, with its type.</summary>
public sealed record TypedCertificate(NodeId CertificateTypeId, byte[] Certificate);

/// <summary>What the GDS knows of a certificate's revocation; ValidityTime says when to ask again, DateTime.MinValue that it does not know.</summary>
public sealed record RevocationStatus(StatusCode Status, DateTime ValidityTime);

using Gds.Store;

namespace Gds.Core.Agents;

/// <summary>A certificate that was seen at an application.</summary>
/// <param name="Kind">Refused as a peer, or found where the GDS did not put it.</param>
/// <param name="Policy">What was done with it there.</param>
/// <param name="Certificate">DER; of a chain the first one counts.</param>
/// <param name="SeenAt">When it was seen, UTC; null for now. An agent whose GDS was away tells later.</param>
public sealed record Finding(FindingKind Kind, FindingPolicy Policy, ReadOnlyMemory<byte> Certificate, DateTime? SeenAt = null)
{
    /// <summary>Findings in one report.</summary>
    public const int MostInReport = 64;

    /// <summary>Bytes of one certificate.</summary>
    public const int LargestCertificate = 16_384;

    /// <summary>A peer that a server refused, as GetRejectedList gives it.</summary>
    public static Finding Rejected(ReadOnlyMemory<byte> certificate) => new(FindingKind.Rejected, FindingPolicy.None, certificate);
}

/// <summary>At which application a certificate was seen.</summary>
public sealed record SightingView(Guid ApplicationId, string ApplicationUri, FindingKind Kind, FindingPolicy Policy, DateTime FirstSeenAt, DateTime LastSeenAt);

/// <summary>A certificate of the inbox as faces show it.</summary>
public sealed record InboxView
{
    /// <summary>SHA-1 of the DER, upper-case hex.</summary>
    public required string Thumbprint { get; init; }

    public required string Sha256 { get; init; }
    public required string Subject { get; init; }
    public required string Issuer { get; init; }
    public string? ApplicationUri { get; init; }
    public required bool IsAuthority { get; init; }
    public required DateTime NotBefore { get; init; }
    public required DateTime NotAfter { get; init; }
    public required InboxState State { get; init; }
    public string? DecidedBy { get; init; }
    public DateTime? DecidedAt { get; init; }
    public string? TrustedIn { get; init; }
    public required DateTime FirstSeenAt { get; init; }
    public required DateTime LastSeenAt { get; init; }
    public required long Count { get; init; }
    public required IReadOnlyList<SightingView> SeenAt { get; init; }
}

/// <summary>The same with its bytes, and with what stands against trusting it; nothing where it may be trusted as it is.</summary>
public sealed record InboxDetails(InboxView View, byte[] Certificate, IReadOnlyList<string> Objections);

/// <summary>How a certificate of the inbox is to be trusted.</summary>
/// <param name="Group">The certificate group whose trust list it goes on; null for the default one.</param>
/// <param name="AsIssuer">On the issuer part of the list: needed to build chains, not trusted by itself. For a CA only.</param>
/// <param name="Crls">Revocation lists of a CA, DER each.</param>
public sealed record InboxTrust(string? Group, bool AsIssuer, IReadOnlyList<byte[]> Crls);

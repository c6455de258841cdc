using Gds.Store;

namespace Gds.Core.Requests;

/// <summary>Arguments of StartNewKeyPairRequest (Part 12, 7.9.4); null or empty ones are chosen by the GDS.</summary>
public sealed record NewKeyPairOrder(string? SubjectName, IReadOnlyList<string>? DomainNames, string? PrivateKeyFormat, string? PrivateKeyPassword);

/// <summary>What FinishRequest gives: DER, the wrapped private key if the GDS made it, and the chain, immediate issuer first.</summary>
public sealed record FinishedRequest(byte[] Certificate, byte[]? PrivateKey, IReadOnlyList<byte[]> IssuerCertificates);

/// <summary>A request as lists and pages show it; no secret is in it.</summary>
public sealed record RequestView
{
    public required Guid Id { get; init; }
    public required RequestKind Kind { get; init; }
    public required RequestState State { get; init; }
    public required Guid ApplicationId { get; init; }
    public required string ApplicationUri { get; init; }
    public required string ApplicationName { get; init; }
    public required string Group { get; init; }
    public required uint TypeId { get; init; }
    public required string RequestedBy { get; init; }
    public required string RequestedFrom { get; init; }
    public required DateTime CreatedAt { get; init; }
    public string? DecidedBy { get; init; }
    public DateTime? DecidedAt { get; init; }
    public string? Reason { get; init; }
    public DateTime? CompletedAt { get; init; }

    /// <summary>What the request asks for, read from it: subject, key and hosts.</summary>
    public required string Subject { get; init; }

    public required string Key { get; init; }
    public required IReadOnlyList<string> Hosts { get; init; }
}

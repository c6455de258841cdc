using Gds.Core.Agents;
using Gds.Store;

namespace Gds.Web.Records;

/// <summary>A certificate that gateways refused or found; Certificate (DER) and Objections are there when one is shown.</summary>
public sealed record InboxJson(
    string Thumbprint,
    string Sha256,
    string Subject,
    string Issuer,
    string? ApplicationUri,
    bool IsAuthority,
    DateTime NotBefore,
    DateTime NotAfter,
    InboxState State,
    string? DecidedBy,
    DateTime? DecidedAt,
    string? TrustedIn,
    DateTime FirstSeenAt,
    DateTime LastSeenAt,
    long Count,
    IReadOnlyList<SightingJson> SeenAt,
    byte[]? Certificate,
    IReadOnlyList<string>? Objections)
{
    internal static InboxJson Of(InboxView v) => new(
        v.Thumbprint, v.Sha256, v.Subject, v.Issuer, v.ApplicationUri, v.IsAuthority, v.NotBefore, v.NotAfter, v.State, v.DecidedBy, v.DecidedAt,
        v.TrustedIn, v.FirstSeenAt, v.LastSeenAt, v.Count,
        [.. v.SeenAt.Select(s => new SightingJson(s.ApplicationId, s.ApplicationUri, s.Kind, s.Policy, s.FirstSeenAt, s.LastSeenAt))], null, null);

    internal static InboxJson Of(InboxDetails d) => Of(d.View) with { Certificate = d.Certificate, Objections = d.Objections };
}

/// <summary>At which application it was seen.</summary>
public sealed record SightingJson(Guid ApplicationId, string ApplicationUri, FindingKind Kind, FindingPolicy Policy, DateTime FirstSeenAt, DateTime LastSeenAt);

/// <summary>How to trust it; Group is the default one where null, Crls (DER or PEM) are those of a CA.</summary>
public sealed record InboxTrustJson(string? Group, bool AsIssuer, IReadOnlyList<byte[]>? Crls);

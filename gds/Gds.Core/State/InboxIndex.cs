using System.Collections.Immutable;
using Gds.Store;

namespace Gds.Core.State;

/// <summary>Where a certificate of the inbox was seen.</summary>
internal sealed record SightingEntry(Guid ApplicationId, FindingKind Kind, FindingPolicy Policy, DateTime FirstSeenAt, DateTime LastSeenAt)
{
    public static SightingEntry Of(InboxSighting s) => new(s.ApplicationId, s.Kind, s.Policy, s.FirstSeenAt, s.LastSeenAt);
}

/// <summary>A certificate of the inbox without its bytes.</summary>
internal sealed record InboxEntry(
    Guid Id,
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
    ImmutableArray<SightingEntry> Sightings)
{
    public static InboxEntry Of(InboxCertificate c) => new(
        c.Id, c.Thumbprint, c.Sha256, c.Subject, c.Issuer, c.ApplicationUri, c.IsAuthority, c.NotBefore, c.NotAfter, c.State,
        c.DecidedBy, c.DecidedAt, c.TrustedIn, c.FirstSeenAt, c.LastSeenAt, c.Count, [.. c.Sightings.Select(SightingEntry.Of)]);

    public SightingEntry? SeenAt(Guid applicationId, FindingKind kind)
        => Sightings.FirstOrDefault(s => s.ApplicationId == applicationId && s.Kind == kind);
}

/// <summary>All certificates of the inbox; bounded by the rules that let them in.</summary>
internal sealed record InboxIndex
{
    public static InboxIndex Empty { get; } = new();

    private ImmutableDictionary<string, InboxEntry> BySha256 { get; init; } = ImmutableDictionary.Create<string, InboxEntry>(StringComparer.Ordinal);

    public int Count => BySha256.Count;

    public IEnumerable<InboxEntry> All => BySha256.Values;

    public InboxEntry? Find(string sha256) => BySha256.GetValueOrDefault(sha256);

    public static InboxIndex Of(IEnumerable<InboxEntry> entries) => new() { BySha256 = entries.ToImmutableDictionary(e => e.Sha256, StringComparer.Ordinal) };

    public InboxIndex With(InboxEntry entry) => new() { BySha256 = BySha256.SetItem(entry.Sha256, entry) };

    public InboxIndex Without(string sha256) => new() { BySha256 = BySha256.Remove(sha256) };

    public InboxIndex WithoutApplication(Guid id)
    {
        var rest = BySha256;
        foreach (var entry in BySha256.Values.Where(e => e.Sightings.Any(s => s.ApplicationId == id)))
            rest = rest.SetItem(entry.Sha256, entry with { Sightings = entry.Sightings.RemoveAll(s => s.ApplicationId == id) });
        return new() { BySha256 = rest };
    }
}

using System.Collections.Immutable;
using Gds.Store;
using Pki;

namespace Gds.Core.State;

/// <summary>A CA of a group with its current CRL.</summary>
internal sealed record AuthorityEntry(
    Guid Id,
    string KeyReference,
    AuthorityState State,
    ApplicationCertificate Certificate,
    CertificateRevocationList? Crl);

/// <summary>A certificate or CRL that an administrator put on the list.</summary>
internal sealed record ExtraEntry(
    TrustListPart Part, byte[] Der, string Thumbprint, string Subject, DateTime NotAfter, string AddedBy, DateTime AddedAt)
{
    public static ExtraEntry Of(TrustListEntry e) => new(e.Part, e.Der, e.Thumbprint, e.Subject, e.NotAfter, e.AddedBy, e.AddedAt);
}

/// <summary>A certificate group with all that its trust list is made of.</summary>
internal sealed record GroupState
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required uint Purpose { get; init; }

    /// <summary>Certificate types, the default one first.</summary>
    public required ImmutableArray<uint> Types { get; init; }

    public ImmutableHashSet<Guid> Members { get; init; } = [];
    public ImmutableArray<AuthorityEntry> Authorities { get; init; } = [];
    public ImmutableArray<ExtraEntry> Extras { get; init; } = [];
    public required long TrustListVersion { get; init; }
    public required DateTime TrustListUpdatedAt { get; init; }

    /// <summary>Times of its changes, oldest first.</summary>
    public ImmutableArray<DateTime> TrustListTimes { get; init; } = [];

    /// <summary>Whether a copy of that LastUpdateTime is the present list; some clients know milliseconds only, and changes are never closer.</summary>
    public bool IsPresent(DateTime copy) => Milliseconds(copy) == Milliseconds(TrustListUpdatedAt);

    /// <summary>Since when a copy of that LastUpdateTime is out of date.</summary>
    public DateTime FirstChangeAfter(DateTime copy)
    {
        foreach (var time in TrustListTimes)
            if (Milliseconds(time) > Milliseconds(copy)) return time;
        return TrustListUpdatedAt;
    }

    private static long Milliseconds(DateTime time) => time.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>The authority that issues now, or null while the first is being made.</summary>
    public AuthorityEntry? Issuer => Authorities.LastOrDefault(a => a.State == AuthorityState.Active);

    public AuthorityEntry? Authority(Guid id) => Authorities.FirstOrDefault(a => a.Id == id);

    public GroupState WithAuthority(AuthorityEntry entry) => Authority(entry.Id) is { } old
        ? this with { Authorities = Authorities.Replace(old, entry) }
        : this with { Authorities = Authorities.Add(entry) };
}

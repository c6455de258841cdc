using System.Collections.Immutable;
using Gds.Store;

namespace Gds.Core.State;

/// <summary>What is known of a certificate in force without reading the database.</summary>
internal sealed record CertificateEntry(
    Guid Id,
    Guid AuthorityId,
    Guid ApplicationId,
    int GroupId,
    uint TypeId,
    string Thumbprint,
    DateTime NotBefore,
    DateTime NotAfter,
    DateTime IssuedAt,
    IReadOnlyList<string> HostNames)
{
    public static CertificateEntry Of(IssuedCertificate c) => new(
        c.Id, c.AuthorityId, c.ApplicationId!.Value, c.GroupId!.Value, c.TypeId!.Value, c.Thumbprint!,
        c.NotBefore!.Value, c.NotAfter!.Value, c.IssuedAt!.Value, c.HostNames);

    public bool IsValidAt(DateTime time) => NotBefore <= time && time <= NotAfter;
}

/// <summary>The certificates that we issued and that are neither revoked nor marked expired, and the last one of each member.</summary>
internal sealed record CertificateIndex
{
    public static CertificateIndex Empty { get; } = new();

    private ImmutableDictionary<string, CertificateEntry> ByThumbprint { get; init; } =
        ImmutableDictionary.Create<string, CertificateEntry>(StringComparer.Ordinal);

    private ImmutableDictionary<Guid, ImmutableList<CertificateEntry>> ByApplication { get; init; } =
        ImmutableDictionary<Guid, ImmutableList<CertificateEntry>>.Empty;

    /// <summary>Of each member and type the one that was issued last and not revoked, even where it has expired.</summary>
    private ImmutableDictionary<(Guid Application, int Group, uint Type), CertificateEntry> Last { get; init; } =
        ImmutableDictionary<(Guid, int, uint), CertificateEntry>.Empty;

    public IEnumerable<CertificateEntry> All => ByThumbprint.Values;

    /// <summary>What the members of a group use unless they have nothing: the newest of each member and type, expired ones too.</summary>
    public IEnumerable<CertificateEntry> Newest(int groupId) => Last.Values.Where(c => c.GroupId == groupId);

    public CertificateEntry? Find(string thumbprint) => ByThumbprint.GetValueOrDefault(thumbprint);

    public IReadOnlyList<CertificateEntry> Of(Guid applicationId) => ByApplication.GetValueOrDefault(applicationId) ?? [];

    /// <summary>The one that counts for a type: issued last, and valid now.</summary>
    public CertificateEntry? Current(Guid applicationId, int groupId, uint typeId, DateTime now) => Of(applicationId)
        .Where(c => c.GroupId == groupId && c.TypeId == typeId && c.IsValidAt(now))
        .OrderBy(c => c.IssuedAt).ThenBy(c => c.NotAfter)
        .LastOrDefault();

    /// <param name="entries">All that are issued.</param>
    /// <param name="expired">Those that expired and were not followed by another one.</param>
    public static CertificateIndex Of(IReadOnlyCollection<CertificateEntry> entries, IEnumerable<CertificateEntry>? expired = null) => new()
    {
        ByThumbprint = entries.ToImmutableDictionary(e => e.Thumbprint, StringComparer.Ordinal),
        ByApplication = entries.GroupBy(e => e.ApplicationId).ToImmutableDictionary(g => g.Key, g => g.ToImmutableList()),
        Last = entries.Concat(expired ?? []).GroupBy(KeyOf).ToImmutableDictionary(g => g.Key, g => NewestOf(g)!),
    };

    public CertificateIndex With(CertificateEntry entry) => new()
    {
        ByThumbprint = ByThumbprint.SetItem(entry.Thumbprint, entry),
        ByApplication = ByApplication.SetItem(entry.ApplicationId, (ByApplication.GetValueOrDefault(entry.ApplicationId) ?? []).Add(entry)),
        Last = Last.SetItem(KeyOf(entry), Last.TryGetValue(KeyOf(entry), out var old) ? NewestOf([old, entry])! : entry),
    };

    /// <summary>Takes out one that was revoked.</summary>
    public CertificateIndex Without(string thumbprint)
    {
        if (Find(thumbprint) is not { } entry) return this;
        var rest = Expired(thumbprint);
        if (!Last.TryGetValue(KeyOf(entry), out var last) || last.Thumbprint != thumbprint) return rest;
        var next = NewestOf(rest.Of(entry.ApplicationId).Where(c => KeyOf(c) == KeyOf(entry)));
        return rest with { Last = next is null ? Last.Remove(KeyOf(entry)) : Last.SetItem(KeyOf(entry), next) };
    }

    /// <summary>Takes out one whose time is over; until there is a newer one it is still the last that its application got.</summary>
    public CertificateIndex Expired(string thumbprint)
    {
        if (Find(thumbprint) is not { } entry) return this;
        var rest = ByApplication[entry.ApplicationId].Remove(entry);
        return this with
        {
            ByThumbprint = ByThumbprint.Remove(thumbprint),
            ByApplication = rest.IsEmpty ? ByApplication.Remove(entry.ApplicationId) : ByApplication.SetItem(entry.ApplicationId, rest),
        };
    }

    private static (Guid, int, uint) KeyOf(CertificateEntry entry) => (entry.ApplicationId, entry.GroupId, entry.TypeId);

    private static CertificateEntry? NewestOf(IEnumerable<CertificateEntry> entries) => entries.OrderBy(c => c.IssuedAt).ThenBy(c => c.NotAfter).LastOrDefault();
}

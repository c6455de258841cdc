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

/// <summary>The certificates that we issued and that are neither revoked nor marked expired.</summary>
internal sealed record CertificateIndex
{
    public static CertificateIndex Empty { get; } = new();

    private ImmutableDictionary<string, CertificateEntry> ByThumbprint { get; init; } =
        ImmutableDictionary.Create<string, CertificateEntry>(StringComparer.Ordinal);

    private ImmutableDictionary<Guid, ImmutableList<CertificateEntry>> ByApplication { get; init; } =
        ImmutableDictionary<Guid, ImmutableList<CertificateEntry>>.Empty;

    public IEnumerable<CertificateEntry> All => ByThumbprint.Values;

    public CertificateEntry? Find(string thumbprint) => ByThumbprint.GetValueOrDefault(thumbprint);

    public IReadOnlyList<CertificateEntry> Of(Guid applicationId) => ByApplication.GetValueOrDefault(applicationId) ?? [];

    /// <summary>The one that counts for a type: issued last, and valid now.</summary>
    public CertificateEntry? Current(Guid applicationId, int groupId, uint typeId, DateTime now) => Of(applicationId)
        .Where(c => c.GroupId == groupId && c.TypeId == typeId && c.IsValidAt(now))
        .OrderBy(c => c.IssuedAt).ThenBy(c => c.NotAfter)
        .LastOrDefault();

    public static CertificateIndex Of(IReadOnlyCollection<CertificateEntry> entries) => new()
    {
        ByThumbprint = entries.ToImmutableDictionary(e => e.Thumbprint, StringComparer.Ordinal),
        ByApplication = entries.GroupBy(e => e.ApplicationId).ToImmutableDictionary(g => g.Key, g => g.ToImmutableList()),
    };

    public CertificateIndex With(CertificateEntry entry) => new()
    {
        ByThumbprint = ByThumbprint.SetItem(entry.Thumbprint, entry),
        ByApplication = ByApplication.SetItem(entry.ApplicationId, (ByApplication.GetValueOrDefault(entry.ApplicationId) ?? []).Add(entry)),
    };

    public CertificateIndex Without(string thumbprint)
    {
        if (Find(thumbprint) is not { } entry) return this;
        var rest = ByApplication[entry.ApplicationId].Remove(entry);
        return new()
        {
            ByThumbprint = ByThumbprint.Remove(thumbprint),
            ByApplication = rest.IsEmpty ? ByApplication.Remove(entry.ApplicationId) : ByApplication.SetItem(entry.ApplicationId, rest),
        };
    }
}

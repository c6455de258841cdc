using System.Collections.Immutable;
using Gds.Core.Applications;

namespace Gds.Core.State;

/// <summary>All registered applications at one instant: by id, by URI, and in the order of their record ids.</summary>
internal sealed record DirectorySnapshot
{
    public static DirectorySnapshot Empty { get; } = new();

    private ImmutableDictionary<Guid, ApplicationRecord> ById { get; init; } = ImmutableDictionary<Guid, ApplicationRecord>.Empty;

    private ImmutableDictionary<string, ApplicationRecord> ByUri { get; init; } =
        ImmutableDictionary.Create<string, ApplicationRecord>(StringComparer.Ordinal);

    private OrderedRecords Ordered { get; init; } = new([]);

    public int Count => Ordered.Count;

    public IEnumerable<ApplicationRecord> All => Ordered.All;

    public ApplicationRecord? Find(Guid id) => ById.GetValueOrDefault(id);

    public ApplicationRecord? Find(string applicationUri) => ByUri.GetValueOrDefault(applicationUri);

    /// <summary>Records with an id above <paramref name="recordId"/>, lowest first.</summary>
    public IEnumerable<ApplicationRecord> After(uint recordId) => Ordered.After(recordId);

    public static DirectorySnapshot Of(IEnumerable<ApplicationRecord> records)
    {
        var ordered = records.OrderBy(r => r.RecordId).ToImmutableList();
        return new()
        {
            ById = ordered.ToImmutableDictionary(r => r.Id),
            ByUri = ordered.ToImmutableDictionary(r => r.ApplicationUri, StringComparer.Ordinal),
            Ordered = new(ordered),
        };
    }

    /// <summary>Adds the record, or replaces the one of the same id.</summary>
    public DirectorySnapshot With(ApplicationRecord record)
    {
        var without = ById.ContainsKey(record.Id) ? Without(record.Id) : this;
        return without with
        {
            ById = without.ById.SetItem(record.Id, record),
            ByUri = without.ByUri.SetItem(record.ApplicationUri, record),
            Ordered = without.Ordered.With(record),
        };
    }

    public DirectorySnapshot Without(Guid id)
    {
        if (Find(id) is not { } record) return this;
        return this with
        {
            ById = ById.Remove(id),
            ByUri = ByUri.Remove(record.ApplicationUri),
            Ordered = Ordered.Without(record),
        };
    }
}

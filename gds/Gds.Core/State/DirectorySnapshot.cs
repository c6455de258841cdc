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

    // Record ids only rise, so a new record always goes to the end.
    private ImmutableList<ApplicationRecord> Ordered { get; init; } = [];

    public int Count => Ordered.Count;

    public IEnumerable<ApplicationRecord> All => Ordered;

    public ApplicationRecord? Find(Guid id) => ById.GetValueOrDefault(id);

    public ApplicationRecord? Find(string applicationUri) => ByUri.GetValueOrDefault(applicationUri);

    /// <summary>Records with an id above <paramref name="recordId"/>, lowest first; finding the first costs a binary search.</summary>
    public IEnumerable<ApplicationRecord> After(uint recordId)
    {
        for (var i = IndexAbove(recordId); i < Ordered.Count; i++) yield return Ordered[i];
    }

    public static DirectorySnapshot Of(IEnumerable<ApplicationRecord> records)
    {
        var ordered = records.OrderBy(r => r.RecordId).ToImmutableList();
        return new()
        {
            ById = ordered.ToImmutableDictionary(r => r.Id),
            ByUri = ordered.ToImmutableDictionary(r => r.ApplicationUri, StringComparer.Ordinal),
            Ordered = ordered,
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
            Ordered = without.Ordered.Insert(without.IndexAbove(record.RecordId), record),
        };
    }

    public DirectorySnapshot Without(Guid id)
    {
        if (Find(id) is not { } record) return this;
        return this with
        {
            ById = ById.Remove(id),
            ByUri = ByUri.Remove(record.ApplicationUri),
            Ordered = Ordered.RemoveAt(IndexAbove(record.RecordId) - 1),
        };
    }

    private int IndexAbove(uint recordId)
    {
        int low = 0, high = Ordered.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Ordered[middle].RecordId <= recordId) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

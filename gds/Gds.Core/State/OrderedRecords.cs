using System.Collections.Immutable;
using Gds.Core.Applications;

namespace Gds.Core.State;

/// <summary>
/// Records by rising id. A change costs a path of a tree; the first page that is read after it lays the records out in a row,
/// so that the pages that follow cost the same however many there are.
/// </summary>
internal sealed class OrderedRecords(ImmutableList<ApplicationRecord> tree)
{
    private ApplicationRecord[]? _row;

    public int Count => tree.Count;

    public IEnumerable<ApplicationRecord> All => tree;

    public IEnumerable<ApplicationRecord> After(uint recordId)
    {
        var row = _row ??= [.. tree];
        for (var i = IndexAbove(recordId); i < row.Length; i++) yield return row[i];
    }

    /// <summary>Record ids only rise, so a new record usually goes to the end.</summary>
    public OrderedRecords With(ApplicationRecord record) => new(tree.Insert(IndexAbove(record.RecordId), record));

    public OrderedRecords Without(ApplicationRecord record) => new(tree.RemoveAt(IndexAbove(record.RecordId) - 1));

    private int IndexAbove(uint recordId)
    {
        int low = 0, high = tree.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tree[middle].RecordId <= recordId) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

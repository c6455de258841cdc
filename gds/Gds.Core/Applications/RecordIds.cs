using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Applications;

/// <summary>Keeps the counter of record ids in step with the state, in the same transaction.</summary>
internal static class RecordIds
{
    public static void Rise(WriteScope scope, uint recordId)
    {
        // The value is known from the state, so the row is updated without being read.
        var counter = new Counter(Counter.RecordIds, scope.State.CounterResetAt);
        scope.Db.Counters.Attach(counter);
        counter.RiseTo(recordId);
        scope.State = scope.State with { LastRecordId = recordId };
    }
}

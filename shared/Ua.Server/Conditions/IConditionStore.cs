using System.Collections.Concurrent;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>Keeps conditions over a restart. An application that has a place for it registers one; otherwise they begin anew.</summary>
public interface IConditionStore
{
    /// <summary>What was kept of a condition; null where nothing was.</summary>
    ValueTask<ConditionRecord?> FindAsync(NodeId condition, CancellationToken cancellationToken);

    /// <summary>Keeps it; durable once the task is done.</summary>
    ValueTask SaveAsync(NodeId condition, ConditionRecord record, CancellationToken cancellationToken);
}

/// <summary>Keeps conditions for as long as the process lives.</summary>
internal sealed class MemoryConditionStore : IConditionStore
{
    private readonly ConcurrentDictionary<NodeId, ConditionRecord> _records = [];

    public ValueTask<ConditionRecord?> FindAsync(NodeId condition, CancellationToken cancellationToken) => new(_records.GetValueOrDefault(condition));

    public ValueTask SaveAsync(NodeId condition, ConditionRecord record, CancellationToken cancellationToken)
    {
        _records[condition] = record;
        return ValueTask.CompletedTask;
    }
}

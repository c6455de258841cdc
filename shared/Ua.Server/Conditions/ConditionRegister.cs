using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Ua.Server.Conditions;

/// <summary>The conditions of this server.</summary>
public sealed class ConditionRegister : IDisposable
{
    private readonly ConcurrentDictionary<NodeId, AlarmCondition> _conditions = [];
    private readonly AddressSpace _space;
    private readonly ConditionServices _services;

    internal ConditionRegister(AddressSpace space, IConditionStore store, IEventSink events, TimeProvider time, ILogger<ConditionRegister> log) =>
        (_space, _services) = (space, new ConditionServices(store, events, time, log));

    internal ICollection<AlarmCondition> All => _conditions.Values;

    /// <summary>Adds a condition below its source, in the state that was kept of it; no event tells of that.</summary>
    /// <exception cref="UaException">Bad_NodeIdExists, or what is wrong with source or type.</exception>
    public async Task<AlarmCondition> AddAsync(ConditionDefinition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var kept = await _services.Store.FindAsync(definition.Id, cancellationToken).ConfigureAwait(false);
        var condition = new AlarmCondition(definition, new ConditionNode(_space, definition), kept, _services);
        _conditions[definition.Id] = condition;
        return condition;
    }

    /// <summary>Takes a condition out, with its node.</summary>
    public void Remove(NodeId id)
    {
        _space.Remove(id);
        if (_conditions.TryRemove(id, out var condition)) condition.Dispose();
    }

    public void Dispose()
    {
        foreach (var condition in _conditions.Values) condition.Dispose();
    }

    internal AlarmCondition? Find(NodeId id) => _conditions.GetValueOrDefault(id);
}

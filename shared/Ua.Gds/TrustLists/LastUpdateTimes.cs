using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <summary>
/// The LastUpdateTime variables of many trust lists at one look: a single Read, together with the NamespaceArray that says
/// whether ids kept from an earlier session still mean the same.
/// </summary>
public sealed class LastUpdateTimes
{
    private readonly Dictionary<NodeId, DataValue> _values;

    private LastUpdateTimes(IReadOnlyList<string> namespaces, Dictionary<NodeId, DataValue> values) => (Namespaces, _values) = (namespaces, values);

    /// <summary>The NamespaceArray of the server.</summary>
    public IReadOnlyList<string> Namespaces { get; }

    /// <param name="session">With the server.</param>
    /// <param name="variables">As <see cref="TrustListFile.FindLastUpdateTimeAsync"/> found them, maybe in an earlier session.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UaException">The Read as a whole failed, or the server does not tell its namespaces.</exception>
    public static async Task<LastUpdateTimes> ReadAsync(UaSession session, IEnumerable<NodeId> variables, CancellationToken cancellationToken = default)
    {
        NodeId[] nodes = [VariableIds.NamespaceArray, .. variables.Distinct()];
        var values = await session.ReadValuesAsync(nodes, cancellationToken).ConfigureAwait(false);
        if (values[0].Status.IsBad || !values[0].Value.TryGet<string?[]>(out var namespaces))
            throw new UaException(StatusCodes.BadUnknownResponse, $"The server does not tell its namespaces: {values[0].Status}.");
        return new([.. namespaces!.Select(n => n ?? "")], nodes.Zip(values).Skip(1).ToDictionary(p => p.First, p => p.Second));
    }

    /// <summary>When the list was changed last, in UTC; DateTime.MinValue where the server does not know, null where the variable cannot be read or was not asked for.</summary>
    public DateTime? Of(NodeId variable) =>
        _values.TryGetValue(variable, out var value) ? TimeOf(value) : null;

    /// <summary>The same for a value that a subscription brought.</summary>
    public static DateTime? TimeOf(DataValue value) =>
        !value.Status.IsBad && value.Value.TryGet<DateTime>(out var time) ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : null;
}

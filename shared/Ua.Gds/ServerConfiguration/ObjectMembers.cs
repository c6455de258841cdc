using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <summary>
/// The components and properties that an object of a server really has, by browse name. Servers of other versions lack
/// members or know methods only by the ids of the instance, so nothing is taken for granted.
/// </summary>
internal sealed class ObjectMembers
{
    private readonly Dictionary<string, ReferenceDescription> _byName = new(StringComparer.Ordinal);

    private ObjectMembers(NodeId owner, IEnumerable<ReferenceDescription> references)
    {
        Owner = owner;
        // A vendor may add members with the same name in a namespace of its own: the standard ones win.
        foreach (var reference in references.Where(r => r.NodeId.IsLocal && r.BrowseName.Name is { Length: > 0 }).OrderBy(r => r.BrowseName.NamespaceIndex))
            _byName.TryAdd(reference.BrowseName.Name!, reference);
    }

    public NodeId Owner { get; }

    public IEnumerable<ReferenceDescription> Objects => _byName.Values.Where(r => r.NodeClass == NodeClass.Object);

    public static async Task<ObjectMembers> BrowseAsync(UaSession session, NodeId owner, CancellationToken cancellationToken) =>
        new(owner, await session.BrowseAsync(owner, cancellationToken: cancellationToken).ConfigureAwait(false));

    public NodeId? Find(string name) => _byName.TryGetValue(name, out var found) ? found.NodeId.NodeId : null;

    public bool Has(string method) => _byName.TryGetValue(method, out var found) && found.NodeClass == NodeClass.Method;

    /// <summary>The id to call a method by: that of the instance where it shows one, else that of the type.</summary>
    public NodeId Method(string name, NodeId ofType) => Has(name) ? Find(name)!.Value : ofType;

    /// <summary>The values of properties; null where there is no such property, or no value, or one of another type.</summary>
    public async Task<IReadOnlyDictionary<string, Variant>> ReadAsync(UaSession session, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var there = names.Where(n => Find(n) is not null).ToList();
        if (there.Count == 0) return new Dictionary<string, Variant>();
        var values = await session.ReadValuesAsync([.. there.Select(n => Find(n)!.Value)], cancellationToken).ConfigureAwait(false);
        return there.Zip(values).Where(p => !p.Second.Status.IsBad).ToDictionary(p => p.First, p => p.Second.Value, StringComparer.Ordinal);
    }
}

/// <summary>Reads what was read of an object.</summary>
internal static class ReadProperties
{
    public static T? Value<T>(this IReadOnlyDictionary<string, Variant> values, string name)
        where T : struct => values.TryGetValue(name, out var value) && value.TryGet<T>(out var typed) ? typed : null;

    public static T? Reference<T>(this IReadOnlyDictionary<string, Variant> values, string name)
        where T : class => values.TryGetValue(name, out var value) && value.TryGet<T>(out var typed) ? typed : null;

    public static IReadOnlyList<string> Texts(this IReadOnlyDictionary<string, Variant> values, string name) =>
        [.. (values.Reference<string?[]>(name) ?? []).Where(t => !string.IsNullOrEmpty(t)).Select(t => t!)];
}

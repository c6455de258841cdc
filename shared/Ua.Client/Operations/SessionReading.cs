using Ua.Core;

namespace Ua.Client;

/// <summary>Read (Part 4, 5.11.2).</summary>
public static class SessionReading
{
    /// <summary>Attributes of nodes, each with its own status.</summary>
    public static async Task<DataValue[]> ReadAsync(
        this UaSession session,
        IReadOnlyList<ReadValueId> nodes,
        TimestampsToReturn timestamps = TimestampsToReturn.Both,
        double maxAge = 0,
        CancellationToken cancellationToken = default)
    {
        var response = await session.SendAsync(new ReadRequest(RequestHeader.Empty, maxAge, timestamps, [.. nodes]), cancellationToken).ConfigureAwait(false);
        return Results.Expect(response.Results, nodes.Count, "Read");
    }

    /// <summary>The values of variables, each with its own status.</summary>
    public static Task<DataValue[]> ReadValuesAsync(this UaSession session, IReadOnlyList<NodeId> variables, CancellationToken cancellationToken = default) =>
        session.ReadAsync([.. variables.Select(v => new ReadValueId(v, (uint)AttributeId.Value))], cancellationToken: cancellationToken);

    /// <summary>The value of one variable as T, a type that <see cref="Variant"/> carries or a structure of namespace 0 behind <see cref="ExtensionObject"/>.</summary>
    /// <exception cref="UaException">The status where it is bad; Bad_TypeMismatch where the value is of another type.</exception>
    public static async Task<T> ReadValueAsync<T>(this UaSession session, NodeId variable, CancellationToken cancellationToken = default)
    {
        var value = (await session.ReadValuesAsync([variable], cancellationToken).ConfigureAwait(false))[0];
        if (value.Status.IsBad) throw new UaException(value.Status, $"The value of {variable} cannot be read: {value.Status}.");
        return value.Value.TryGet<T>(out var typed)
            ? typed
            : throw new UaException(StatusCodes.BadTypeMismatch, $"The value of {variable} is of type {value.Value.Type}{(value.Value.IsArray ? "[]" : "")}, not {typeof(T).Name}.");
    }

    /// <summary>The value of one variable that is a structure of namespace 0.</summary>
    public static async Task<T> ReadStructureAsync<T>(this UaSession session, NodeId variable, CancellationToken cancellationToken = default)
        where T : class, IUaEncodable<T>
    {
        var value = await session.ReadValueAsync<ExtensionObject>(variable, cancellationToken).ConfigureAwait(false);
        return value.TryDecode<T>(out var structure, session.Options.Limits)
            ? structure!
            : throw new UaException(StatusCodes.BadTypeMismatch, $"The value of {variable} is a structure with the encoding {value.TypeId}, not {typeof(T).Name}.");
    }

    /// <summary>The index of a namespace on this server.</summary>
    /// <exception cref="UaException">Bad_NotFound where the server does not have it.</exception>
    public static async Task<ushort> NamespaceIndexOfAsync(this UaSession session, string namespaceUri, CancellationToken cancellationToken = default)
    {
        return await session.FindNamespaceAsync(namespaceUri, cancellationToken).ConfigureAwait(false)
            ?? throw new UaException(StatusCodes.BadNotFound, $"The server has no namespace {namespaceUri}.");
    }

    /// <summary>The index of a namespace on this server; null where the server does not have it.</summary>
    public static async Task<ushort?> FindNamespaceAsync(this UaSession session, string namespaceUri, CancellationToken cancellationToken = default)
    {
        var uris = await session.Namespaces.GetAsync(session, cancellationToken).ConfigureAwait(false);
        var index = Array.IndexOf(uris, namespaceUri);
        return index is >= 0 and <= ushort.MaxValue ? (ushort)index : null;
    }
}

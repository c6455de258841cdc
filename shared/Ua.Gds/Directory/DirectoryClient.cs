using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <summary>
/// The methods of a GDS's Directory, typed (Part 12, 6.5). Every method fails with <see cref="UaException"/>: the status of
/// the method and, where the GDS sent one, its text.
/// </summary>
public sealed partial class DirectoryClient(UaSession session)
{
    public UaSession Session => session;

    /// <summary>The records with an ApplicationUri: none or one; a GDS of version 1.04 may have more.</summary>
    public async Task<IReadOnlyList<ApplicationRecord>> FindApplicationsAsync(string applicationUri, CancellationToken cancellationToken = default)
    {
        var call = await CallAsync(DirectoryMethodIds.FindApplications, [applicationUri], cancellationToken).ConfigureAwait(false);
        return [.. (call.Outputs.Get<ExtensionObject[]?>(0, "Applications") ?? []).Select(a => Record(a, call.NamespaceIndex))];
    }

    /// <summary>Registers an application; the ApplicationId of the record does not count.</summary>
    /// <returns>The id that it has from now on.</returns>
    public async Task<NodeId> RegisterApplicationAsync(ApplicationRecord application, CancellationToken cancellationToken = default)
    {
        var ns = await NamespaceIndexAsync(cancellationToken).ConfigureAwait(false);
        var call = await CallAsync(DirectoryMethodIds.RegisterApplication, [application.ToExtensionObject(ns)], cancellationToken).ConfigureAwait(false);
        return call.Outputs.Get<NodeId>(0, "ApplicationId");
    }

    /// <summary>Replaces the record with the ApplicationId.</summary>
    public async Task UpdateApplicationAsync(ApplicationRecord application, CancellationToken cancellationToken = default)
    {
        var ns = await NamespaceIndexAsync(cancellationToken).ConfigureAwait(false);
        await CallAsync(DirectoryMethodIds.UpdateApplication, [application.ToExtensionObject(ns)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes an application; its certificates are revoked.</summary>
    public async Task UnregisterApplicationAsync(NodeId applicationId, CancellationToken cancellationToken = default) =>
        await CallAsync(DirectoryMethodIds.UnregisterApplication, [applicationId], cancellationToken).ConfigureAwait(false);

    public async Task<ApplicationRecord> GetApplicationAsync(NodeId applicationId, CancellationToken cancellationToken = default)
    {
        var call = await CallAsync(DirectoryMethodIds.GetApplication, [applicationId], cancellationToken).ConfigureAwait(false);
        return Record(call.Outputs.Get<ExtensionObject>(0, "Application"), call.NamespaceIndex);
    }

    public async Task<ApplicationPage> QueryApplicationsAsync(ApplicationQuery query, CancellationToken cancellationToken = default)
    {
        Variant[] arguments =
        [
            query.StartingRecordId, query.MaxRecordsToReturn, query.ApplicationName, query.ApplicationUri, query.ApplicationType, query.ProductUri,
            (string?[])[.. query.Capabilities ?? []],
        ];
        var outputs = (await CallAsync(DirectoryMethodIds.QueryApplications, arguments, cancellationToken).ConfigureAwait(false)).Outputs;
        return new ApplicationPage(outputs.Get<DateTime>(0, "LastCounterResetTime"), outputs.Get<uint>(1, "NextRecordId"), Structures<ApplicationDescription>(outputs, 2, "Applications"));
    }

    /// <summary>Servers only; the older of the two queries. The ApplicationType of the query does not count.</summary>
    public async Task<ServerPage> QueryServersAsync(ApplicationQuery query, CancellationToken cancellationToken = default)
    {
        Variant[] arguments =
        [
            query.StartingRecordId, query.MaxRecordsToReturn, query.ApplicationName, query.ApplicationUri, query.ProductUri, (string?[])[.. query.Capabilities ?? []],
        ];
        var outputs = (await CallAsync(DirectoryMethodIds.QueryServers, arguments, cancellationToken).ConfigureAwait(false)).Outputs;
        return new ServerPage(outputs.Get<DateTime>(0, "LastCounterResetTime"), Structures<ServerOnNetwork>(outputs, 1, "Servers"));
    }

    private Task<ushort> NamespaceIndexAsync(CancellationToken cancellationToken) => session.NamespaceIndexOfAsync(GdsIds.NamespaceUri, cancellationToken);

    private async Task<DirectoryCall> CallAsync(uint method, IReadOnlyList<Variant> arguments, CancellationToken cancellationToken)
    {
        var ns = await NamespaceIndexAsync(cancellationToken).ConfigureAwait(false);
        return new(ns, await session.CallAsync(new NodeId(GdsIds.Directory, ns), new NodeId(method, ns), arguments, cancellationToken).ConfigureAwait(false));
    }

    private ApplicationRecord Record(ExtensionObject value, ushort namespaceIndex) =>
        ApplicationRecord.TryFrom(value, namespaceIndex, out var record, session.Options.Limits)
            ? record!
            : throw new UaException(StatusCodes.BadUnknownResponse, $"The GDS returned a structure with the encoding {value.TypeId} in place of an application record.");

    private T[] Structures<T>(Variant[] outputs, int index, string name)
        where T : class, IUaEncodable<T>
    {
        return [.. (outputs.Get<ExtensionObject[]?>(index, name) ?? []).Select(Structure)];

        T Structure(ExtensionObject value) => value.TryDecode<T>(out var structure, session.Options.Limits)
            ? structure!
            : throw new UaException(StatusCodes.BadUnknownResponse, $"The GDS returned a structure with the encoding {value.TypeId} among the {name}.");
    }

    private readonly record struct DirectoryCall(ushort NamespaceIndex, Variant[] Outputs);
}

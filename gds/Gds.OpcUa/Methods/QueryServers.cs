using Gds.Core.Applications;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>QueryServers (Part 12, 6.5.11), deprecated and still called by clients.</summary>
internal sealed class QueryServers(ApplicationDirectory directory) : IDirectoryMethod
{
    /// <summary>The binary encoding of ServerOnNetwork.</summary>
    private static readonly NodeId s_encoding = new(12207);

    public uint Id => DirectoryMethodIds.QueryServers;

    public Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var page = directory.QueryServers(new ServerQuery(
            StartingRecordId: call.Number(0),
            MaxRecordsToReturn: call.Number(1),
            ApplicationName: call.Text(2),
            ApplicationUri: call.Text(3),
            ProductUri: call.Text(4),
            ServerCapabilities: call.Texts(5)));
        ExtensionObject[] servers = [.. page.Servers.Select(s =>
            ExtensionObject.Of(s_encoding, new ServerOnNetwork(s.RecordId, s.ServerName, s.DiscoveryUrl, [.. s.ServerCapabilities])))];
        return Task.FromResult(MethodResult.Good(page.LastCounterResetTime, servers));
    }
}

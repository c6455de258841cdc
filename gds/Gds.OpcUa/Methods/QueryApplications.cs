using Gds.Core.Applications;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;
using ApplicationQuery = Gds.Core.Applications.ApplicationQuery;

namespace Gds.OpcUa.Methods;

/// <summary>QueryApplications (Part 12, 6.5.10).</summary>
internal sealed class QueryApplications(ApplicationDirectory directory) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.QueryApplications;

    public Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var page = directory.QueryApplications(new ApplicationQuery(
            StartingRecordId: call.Number(0),
            MaxRecordsToReturn: call.Number(1),
            ApplicationName: call.Text(2),
            ApplicationUri: call.Text(3),
            ApplicationType: call.Number(4),
            ProductUri: call.Text(5),
            Capabilities: call.Texts(6)));
        ExtensionObject[] found = [.. page.Applications.Select(a => a.Described(call.Caller.LocaleIds))];
        return Task.FromResult(MethodResult.Good(page.LastCounterResetTime, page.NextRecordId, found));
    }
}

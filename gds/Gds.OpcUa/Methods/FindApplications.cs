using Gds.Core.Applications;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>FindApplications (Part 12, 6.5.4): the record of an ApplicationUri, in an array of none or one.</summary>
internal sealed class FindApplications(ApplicationDirectory directory, GdsNamespace ns) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.FindApplications;

    public Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var record = directory.Find(call.Text(0));
        ExtensionObject[] found = record is null ? [] : [record.OnWire(ns)];
        return Task.FromResult(MethodResult.Good(found));
    }
}

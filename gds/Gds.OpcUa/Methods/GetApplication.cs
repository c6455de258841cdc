using Gds.Core.Applications;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>GetApplication (Part 12, 6.5.9): the record of an ApplicationId.</summary>
internal sealed class GetApplication(ApplicationDirectory directory, GdsNamespace ns) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.GetApplication;

    public Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken) =>
        Task.FromResult(MethodResult.Good(directory.Get(call.OwnId(0)).OnWire(ns)));
}

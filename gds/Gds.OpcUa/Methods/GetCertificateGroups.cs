using Gds.Core.Certificates;
using Gds.OpcUa.Identity;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>GetCertificateGroups (Part 12, 7.9.8).</summary>
internal sealed class GetCertificateGroups(CertificateRegister register, Callers callers, GroupNodes groups) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.GetCertificateGroups;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var names = await register.GetCertificateGroupsAsync(callers.Of(call.Caller), call.OwnId(0), cancellationToken);
        NodeId[] ids = [.. names.Select(groups.GroupOf)];
        return MethodResult.Good(ids);
    }
}

using Gds.Core.Certificates;
using Gds.OpcUa.Identity;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>GetTrustList (Part 12, 7.9.9): the TrustList object of a group that the application belongs to.</summary>
internal sealed class GetTrustList(CertificateRegister register, Callers callers, GroupNodes groups) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.GetTrustList;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken) =>
        MethodResult.Good(groups.TrustListOf(
            await register.GetTrustListAsync(callers.Of(call.Caller), call.OwnId(0), groups.NameOf(call.Node(1)), cancellationToken)));
}

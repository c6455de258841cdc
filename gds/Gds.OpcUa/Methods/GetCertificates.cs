using Gds.Core.Certificates;
using Gds.OpcUa.Identity;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>GetCertificates (Part 12, 7.9.6): types and certificates in force, element by element.</summary>
internal sealed class GetCertificates(CertificateRegister register, Callers callers, GroupNodes groups) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.GetCertificates;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var held = await register.GetCertificatesAsync(callers.Of(call.Caller), call.OwnId(0), groups.NameOf(call.Node(1)), cancellationToken);
        NodeId[] types = [.. held.TypeIds.Select(t => new NodeId(t))];
        byte[]?[] certificates = [.. held.Certificates];
        return MethodResult.Good(types, certificates);
    }
}

using Gds.Core.Certificates;
using Gds.OpcUa.Identity;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>GetCertificateStatus (Part 12, 7.9.10): whether the application should ask for a new certificate.</summary>
internal sealed class GetCertificateStatus(CertificateRegister register, Callers callers, GroupNodes groups) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.GetCertificateStatus;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken) =>
        MethodResult.Good(await register.GetCertificateStatusAsync(
            callers.Of(call.Caller), call.OwnId(0), groups.NameOf(call.Node(1)), call.CertificateType(2), cancellationToken));
}

using Gds.Core.Requests;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>StartSigningRequest (Part 12, 7.9.3): a certificate for a key that the application made.</summary>
internal sealed class StartSigningRequest(CertificateRequests requests, Callers callers, GroupNodes groups, CertificateAudit audit) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.StartSigningRequest;

    public Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken) => audit.RequestedAsync(call, async () =>
    {
        var id = await requests.StartSigningRequestAsync(
            callers.Of(call.Caller), call.OwnId(0), groups.NameOf(call.Node(1)), call.CertificateType(2), call.Bytes(3), cancellationToken);
        return MethodResult.Good(GdsNamespace.Own(id));
    });
}

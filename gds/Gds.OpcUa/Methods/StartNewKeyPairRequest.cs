using Gds.Core.Requests;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>StartNewKeyPairRequest (Part 12, 7.9.4): a certificate with a key that the GDS makes.</summary>
internal sealed class StartNewKeyPairRequest(CertificateRequests requests, Callers callers, GroupNodes groups, CertificateAudit audit) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.StartNewKeyPairRequest;

    public Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken) => audit.RequestedAsync(call, async () =>
    {
        var order = new NewKeyPairOrder(
            SubjectName: call.Text(3), DomainNames: call.Texts(4), PrivateKeyFormat: call.Text(5), PrivateKeyPassword: call.Text(6));
        var id = await requests.StartNewKeyPairRequestAsync(
            callers.Of(call.Caller), call.OwnId(0), groups.NameOf(call.Node(1)), call.CertificateType(2), order, cancellationToken);
        return MethodResult.Good(GdsNamespace.Own(id));
    });
}

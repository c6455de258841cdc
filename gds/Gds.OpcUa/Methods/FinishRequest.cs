using Gds.Core.Requests;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>FinishRequest (Part 12, 7.9.5): fetches what a request brought, or Bad_NothingToDo while it brought nothing.</summary>
internal sealed class FinishRequest(RequestDelivery delivery, Callers callers, CertificateAudit audit) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.FinishRequest;

    public Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken) => audit.DeliveredAsync(call, async () =>
    {
        var finished = await delivery.FinishAsync(callers.Of(call.Caller), call.OwnId(0), call.OwnId(1), cancellationToken);
        byte[]?[] issuers = [.. finished.IssuerCertificates];
        return MethodResult.Good(finished.Certificate, finished.PrivateKey, issuers);
    });
}

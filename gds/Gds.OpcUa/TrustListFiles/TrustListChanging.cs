using Gds.Core.TrustLists;
using Gds.OpcUa.Identity;
using Gds.OpcUa.Methods;
using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Gds.OpcUa.TrustListFiles;

/// <summary>AddCertificate and RemoveCertificate of one trust list (Part 12, 7.8.2.5 and 7.8.2.6), for a CertificateAuthorityAdmin.</summary>
internal sealed class TrustListChanging(string group, NodeId node, GroupTrustLists lists, Callers callers, AuditEvents events)
{
    private static readonly NodeId s_updateRequested = new(32260);
    private static readonly NodeId s_updated = new(12561);

    public Task<MethodResult> AddAsync(MethodCall call, CancellationToken cancellationToken) => ChangeAsync(call, async () =>
    {
        if (!call.Flag(1))
            throw new UaException(StatusCodes.BadCertificateInvalid, "IsTrustedCertificate is false; an issuer needs its CRL and cannot be added by this method.");
        await lists.AddAsync(callers.Of(call.Caller), group, call.Bytes(0), trusted: true, crls: [], cancellationToken);
    });

    public Task<MethodResult> RemoveAsync(MethodCall call, CancellationToken cancellationToken) => ChangeAsync(call, () =>
        lists.RemoveAsync(callers.Of(call.Caller), group, call.Text(0) ?? "", call.Flag(1), cancellationToken));

    private async Task<MethodResult> ChangeAsync(MethodCall call, Func<Task> change)
    {
        events.Raise(events.OfMethod(s_updateRequested, call, StatusCodes.Good, $"A change of the trust list of {group} was asked for.", node, "TrustList"));
        await change();
        var e = events.OfMethod(s_updated, call, StatusCodes.Good, $"The trust list of {group} was changed.", node, "TrustList");
        e["TrustListId"] = node;
        events.Raise(e);
        return MethodResult.Good();
    }
}

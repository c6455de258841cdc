using Gds.Core.TrustLists;
using Gds.OpcUa.Identity;
using Gds.OpcUa.Methods;
using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;
using Ua.Server.TrustListFiles;

namespace Gds.OpcUa.TrustListFiles;

/// <summary>
/// The file of a group's trust list in the GDS (Part 12, 7.8.2). It is made from CAs, CRLs and what a CertificateAuthorityAdmin
/// adds, so that nobody writes it as a whole.
/// </summary>
internal sealed class GroupTrustListFile(string group, NodeId node, GroupTrustLists lists, TrustListBytes bytes, Callers callers, AuditEvents events) : ITrustListFile
{
    private static readonly NodeId s_updateRequested = new(32260);
    private static readonly NodeId s_updated = new(12561);

    public async ValueTask<byte[]> ReadAsync(MethodCall call, TrustListMasks masks, CancellationToken cancellationToken) =>
        bytes.Of(await lists.ReadAsync(callers.Of(call.Caller), group, cancellationToken), masks);

    public ValueTask<long> BeginWriteAsync(MethodCall call, CancellationToken cancellationToken) => throw NotWritable();

    public Task<bool> UpdateAsync(MethodCall call, byte[] content, CancellationToken cancellationToken) => throw NotWritable();

    public Task<Action?> AddAsync(MethodCall call, byte[] certificate, bool isTrusted, CancellationToken cancellationToken) => ChangeAsync(call, () =>
        lists.AddAsync(callers.Of(call.Caller), group, certificate, isTrusted, crls: [], cancellationToken));

    public Task<Action?> RemoveAsync(MethodCall call, string thumbprint, bool isTrusted, CancellationToken cancellationToken) => ChangeAsync(call, () =>
        lists.RemoveAsync(callers.Of(call.Caller), group, thumbprint, isTrusted, cancellationToken));

    private async Task<Action?> ChangeAsync(MethodCall call, Func<Task> change)
    {
        events.Raise(events.OfMethod(s_updateRequested, call, StatusCodes.Good, $"A change of the trust list of {group} was asked for.", node, "TrustList"));
        await change();
        var e = events.OfMethod(s_updated, call, StatusCodes.Good, $"The trust list of {group} was changed.", node, "TrustList");
        e["TrustListId"] = node;
        events.Raise(e);
        return null;
    }

    private static UaException NotWritable() =>
        new(StatusCodes.BadNotWritable, "This trust list is kept by the GDS and cannot be written as a whole; AddCertificate and RemoveCertificate change it.");
}

using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>The audit events of certificate management (Part 12, 7.8.2.12, 7.8.2.13, 7.10.21 and 7.10.22). A private key never gets into one.</summary>
internal sealed class ConfigurationAudit(AuditEvents events)
{
    private static readonly NodeId s_certificateUpdateRequested = new(32306);
    private static readonly NodeId s_certificateUpdated = new(12620);
    private static readonly NodeId s_trustListUpdateRequested = new(32260);
    private static readonly NodeId s_trustListUpdated = new(12561);

    private const int PrivateKeyOfUpdateCertificate = 5;

    public Task CertificateUpdateAsync(MethodCall call, GroupObject group, Func<Task> update)
    {
        var inputs = call.Inputs.ToArray();
        inputs[PrivateKeyOfUpdateCertificate] = default;
        return ReportAsync(s_certificateUpdateRequested, call with { Inputs = inputs }, group.Id, group.Name, $"A new certificate of {group.Name} was brought", update);
    }

    public Task TrustListUpdateAsync(MethodCall call, GroupObject group, Func<Task> update) =>
        ReportAsync(s_trustListUpdateRequested, call, group.TrustList, "TrustList", $"A change of the trust list of {group.Name} was asked for", update);

    public void TrustListUpdated(MethodCall call, GroupObject group)
    {
        var e = events.OfMethod(s_trustListUpdated, call, StatusCodes.Good, $"The trust list of {group.Name} was changed.", group.TrustList, "TrustList");
        e["TrustListId"] = group.TrustList;
        events.Raise(e);
    }

    /// <summary>Everything that a transaction has changed.</summary>
    public void Applied(MethodCall call, Transaction transaction)
    {
        foreach (var (group, change) in transaction.Changes)
        {
            if (change.TrustList is not null) TrustListUpdated(call, group);
            foreach (var slot in change.Slots)
            {
                var e = events.OfMethod(
                    s_certificateUpdated, call, StatusCodes.Good, slot.Own is { } own ? $"{group.Name} has the new certificate {own.Certificate}." : $"A certificate of {group.Name} was deleted.", group.Id, group.Name);
                e["CertificateGroup"] = group.Id;
                e["CertificateType"] = slot.Type;
                events.Raise(e);
            }
        }
    }

    private async Task ReportAsync(NodeId type, MethodCall call, NodeId source, string sourceName, string what, Func<Task> update)
    {
        var status = StatusCodes.BadUnexpectedError;
        try
        {
            await update().ConfigureAwait(false);
            status = StatusCodes.Good;
        }
        catch (UaException e)
        {
            status = e.StatusCode;
            throw;
        }
        finally
        {
            events.Raise(events.OfMethod(type, call, status, $"{what}: {status}.", source, sourceName));
        }
    }
}

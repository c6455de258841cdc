using Gds.Core.Agents;
using Gds.OpcUa.Identity;
using Gds.OpcUa.Methods;
using Gds.Store;
using Ua.Core;
using Ua.Gds.Agents;
using Ua.Server.Nodes;
using FindingKind = Gds.Store.FindingKind;
using FindingPolicy = Gds.Store.FindingPolicy;

namespace Gds.OpcUa.Agents;

/// <summary>ReportFindings of our namespace: certificates that were refused, or found, at an application.</summary>
internal sealed class ReportFindings(RejectedInbox inbox, Callers callers)
{
    public async Task<MethodResult> CallAsync(MethodCall call, ushort namespaceIndex, CancellationToken cancellationToken)
    {
        var encoded = call.Inputs[1].Value as ExtensionObject[] ?? [];
        // Counted before anything is decoded.
        if (encoded.Length > Finding.MostInReport)
            throw new UaException(StatusCodes.BadInvalidArgument, $"Findings has {encoded.Length} entries; {Finding.MostInReport} is the limit.");
        await inbox.ReportAsync(callers.Of(call.Caller), call.OwnId(0), [.. encoded.Select((e, i) => Read(e, i, namespaceIndex))], cancellationToken);
        return MethodResult.Good();
    }

    private static Finding Read(ExtensionObject encoded, int index, ushort namespaceIndex)
    {
        if (!AgentFinding.TryFrom(encoded, namespaceIndex, out var finding))
            throw new UaException(StatusCodes.BadInvalidArgument, $"Findings[{index}] is not a FindingDataType.");
        return new((FindingKind)(int)finding!.Kind, (FindingPolicy)(int)finding.Policy, finding.Certificate, finding.SeenAt > DateTime.UnixEpoch ? finding.SeenAt : null);
    }
}

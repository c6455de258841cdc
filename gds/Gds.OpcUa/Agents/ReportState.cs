using Gds.Core.Sync;
using Gds.OpcUa.Identity;
using Gds.OpcUa.Methods;
using Gds.Store;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Agents;

/// <summary>ReportState of our namespace: how an application stands in a group after somebody looked.</summary>
internal sealed class ReportState(SyncRegister register, Callers callers, GroupNodes groups)
{
    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var report = new SyncReport(
            call.OwnId(0), groups.NameOf(call.Node(1)) ?? "", (SyncOutcome)call.Int(2), call.Text(3), call.Time(4), call.Time(5), call.Text(6));
        await register.ReportAsync(callers.Of(call.Caller), report, cancellationToken);
        return MethodResult.Good();
    }
}

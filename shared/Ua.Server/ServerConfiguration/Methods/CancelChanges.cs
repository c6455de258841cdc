using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>CancelChanges (Part 12, 7.10.11).</summary>
internal sealed class CancelChanges(TransactionDesk desk) : IConfigurationMethod
{
    public string Name => "CancelChanges";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        await desk.CancelAsync(call.Caller.SessionId, cancellationToken).ConfigureAwait(false);
        return MethodResult.Good();
    }
}

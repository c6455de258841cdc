using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>ResetToServerDefaults (Part 12, 7.10.13). A transaction, whoever owns it, is dropped; the answer goes out before channels are closed.</summary>
internal sealed class ResetToServerDefaults(TransactionDesk desk, ChannelRenewal renewal) : IConfigurationMethod
{
    public string Name => "ResetToServerDefaults";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var answered = await renewal.AroundAsync(call.Caller.SessionId, () => desk.ExclusivelyAsync(
            call.Caller.SessionId, () => target.Application.ResetAsync(cancellationToken), cancellationToken)).ConfigureAwait(false);
        return MethodResult.Good() with { Answered = answered };
    }
}

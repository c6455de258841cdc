using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>ApplyChanges (Part 12, 7.10.9): all that the transaction has, or nothing. The answer goes out before channels are closed.</summary>
internal sealed class ApplyChanges(TransactionDesk desk, ChannelRenewal renewal, ConfigurationAudit audit, ApplicationSetup setup) : IConfigurationMethod
{
    public string Name => "ApplyChanges";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var answered = await renewal.AroundAsync(call.Caller.SessionId, async () =>
        {
            var transaction = await desk.ApplyAsync(call.Caller.SessionId, cancellationToken).ConfigureAwait(false);
            audit.Applied(call, transaction);
            await setup.AppliedAsync(transaction).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return MethodResult.Good() with { Answered = answered };
    }
}

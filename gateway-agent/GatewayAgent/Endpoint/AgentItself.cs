using GatewayAgent.Gds;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Endpoint;

/// <summary>The agent as its own endpoint shows it in ServerConfiguration: its own trust folder, kept in step like those of the gateways.</summary>
internal sealed class AgentItself(Fleet fleet, StateStore state, OwnIdentity own, FolderInstall install, AgentRoles roles, ILogger<AgentItself> logger)
{
    private PushedGroup? _group;

    public PushedGroup Group => _group ?? throw new InvalidOperationException("The agent's endpoint is not open yet.");

    /// <summary>Opens the agent's identity, so that the endpoint has a certificate before it listens.</summary>
    public async Task OpenAsync(AgentName name, CancellationToken cancellationToken)
    {
        var (configuration, _, agent) = await fleet.CurrentAsync(cancellationToken);
        _group = new PushedGroup(agent!, fleet, install);
        await agent!.Stores[0].RecoverAsync(cancellationToken);
        await own.OpenAsync(name.ApplicationName, name.ApplicationUri, configuration.Organization, cancellationToken);
        roles.Know(configuration, await state.ReadEnrolmentAsync(cancellationToken));
        Log.EndpointOpen(logger, string.Join(", ", configuration.Endpoint?.NamedUrls() ?? []), string.Join(", ", roles.Administrators.DefaultIfEmpty("nobody but the user with the password")));
    }
}

using GatewayAgent.Gds;
using GatewayAgent.Refresh;
using GatewayAgent.State;

namespace GatewayAgent.Endpoint;

/// <summary>The agent as its own endpoint shows it in ServerConfiguration.</summary>
internal sealed class AgentItself(Fleet fleet, StateStore state, OwnIdentity own, FolderInstall install, AgentRoles roles)
{
    private PushedApplication? _application;

    public PushedApplication Application => _application ?? throw new InvalidOperationException("The agent's endpoint is not open yet.");

    /// <summary>Opens the agent's identity, so that the endpoint has a certificate before it listens.</summary>
    public async Task OpenAsync(AgentName name, CancellationToken cancellationToken)
    {
        var (configuration, _, agent) = await fleet.CurrentAsync(cancellationToken);
        _application = new PushedApplication(agent!, fleet, install, own);
        await agent!.Stores[0].RecoverAsync(cancellationToken);
        await own.OpenAsync(name.ApplicationName, name.ApplicationUri, configuration.Organization, configuration.Endpoint?.HostNames ?? [], cancellationToken);
        roles.Know(configuration, await state.ReadEnrolmentAsync(cancellationToken));
    }
}

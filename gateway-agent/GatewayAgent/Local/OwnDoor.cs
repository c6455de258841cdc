using GatewayAgent.Configuration;
using GatewayAgent.Explaining;
using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayAgent.Local;

/// <summary>The agent in this process, for the length of one command, while no other works on the data folder.</summary>
internal sealed class OwnDoor(ServiceProvider services, AgentLock held) : IAgentDoor
{
    private AgentOperations Operations => services.GetRequiredService<AgentOperations>();

    public static OwnDoor Open(DataFolder data, AgentLock held, Action<IServiceCollection> log)
    {
        var services = new ServiceCollection();
        log(services);
        var provider = services.AddGatewayAgent(data).BuildServiceProvider();
        provider.GetRequiredService<StateStore>().RemoveLeftovers();
        return new OwnDoor(provider, held);
    }

    public Task AddAsync(ApplicationConfiguration application, CancellationToken cancellationToken) => services.GetRequiredService<Fleet>().File.AddAsync(application, cancellationToken);

    public Task<StatusReport> EnrolAsync(EnrolOrder order, CancellationToken cancellationToken) => Operations.EnrolAsync(order, cancellationToken);

    public Task<SyncReport> SyncAsync(CancellationToken cancellationToken) => Operations.SyncAsync(cancellationToken);

    public Task<StatusReport> StatusAsync(CancellationToken cancellationToken) => Operations.StatusAsync(cancellationToken);

    public Task<ExplainReport> ExplainAsync(ExplainOrder order, CancellationToken cancellationToken) => services.GetRequiredService<Explainer>().RunAsync(order, cancellationToken);

    public Task<IReadOnlyList<FolderItem>> ListAsync(string? application, CancellationToken cancellationToken) => Operations.ListAsync(application, cancellationToken);

    public Task<DecisionReport> TrustAsync(DecisionOrder order, CancellationToken cancellationToken) => Operations.TrustAsync(order, cancellationToken);

    public Task<DecisionReport> RejectAsync(DecisionOrder order, CancellationToken cancellationToken) => Operations.RejectAsync(order, cancellationToken);

    public Task SetAdministratorAsync(AdministratorOrder order, CancellationToken cancellationToken) => Operations.SetAdministratorAsync(order, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        held.Dispose();
    }
}

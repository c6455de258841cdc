using GatewayAgent.Configuration;
using GatewayAgent.Explaining;
using GatewayAgent.Folders;

namespace GatewayAgent.Local;

/// <summary>The agent as the command line sees it: here in this process, or behind the door of the one that runs.</summary>
internal interface IAgentDoor : IAsyncDisposable
{
    Task AddAsync(ApplicationConfiguration application, CancellationToken cancellationToken);

    Task<StatusReport> EnrolAsync(EnrolOrder order, CancellationToken cancellationToken);

    Task<SyncReport> SyncAsync(CancellationToken cancellationToken);

    Task<StatusReport> StatusAsync(CancellationToken cancellationToken);

    Task<ExplainReport> ExplainAsync(ExplainOrder order, CancellationToken cancellationToken);

    Task<IReadOnlyList<FolderItem>> ListAsync(string? application, CancellationToken cancellationToken);

    Task<DecisionReport> TrustAsync(DecisionOrder order, CancellationToken cancellationToken);

    Task<DecisionReport> RejectAsync(DecisionOrder order, CancellationToken cancellationToken);

    /// <summary>Sets the user who may push, or takes him away.</summary>
    Task SetAdministratorAsync(AdministratorOrder order, CancellationToken cancellationToken);
}

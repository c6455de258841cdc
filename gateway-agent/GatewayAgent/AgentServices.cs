using GatewayAgent.Configuration;
using GatewayAgent.Enrolment;
using GatewayAgent.Explaining;
using GatewayAgent.Findings;
using GatewayAgent.Folders;
using GatewayAgent.Gds;
using GatewayAgent.Local;
using GatewayAgent.Refresh;
using GatewayAgent.Reload;
using GatewayAgent.Reports;
using GatewayAgent.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GatewayAgent;

/// <summary>Registers this room.</summary>
internal static class AgentServices
{
    public static IServiceCollection AddGatewayAgent(this IServiceCollection services, DataFolder data)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(data);
        services.AddSingleton<StateStore>();
        services.AddSingleton<Fleet>();
        services.AddSingleton<OwnIdentity>();
        services.AddSingleton<GdsConnector>();
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<GdsLink>();
        services.AddSingleton<Registration>();
        services.AddSingleton<TrustListPull>();
        services.AddSingleton<GatewayReload>();
        services.AddSingleton<GatewayProbe>();
        services.AddSingleton<RejectedSweep>();
        services.AddSingleton<InstallTrials>();
        services.AddSingleton<FolderInstall>();
        services.AddSingleton<ApplicationRefresh>();
        services.AddSingleton<RefreshCycle>();
        services.AddSingleton<Enroller>();
        services.AddSingleton<LocalDecisions>();
        services.AddSingleton<IFindings, FolderFindings>();
        services.AddSingleton<Explainer>();
        services.AddSingleton<GdsReports>();
        services.AddSingleton<AgentOperations>();
        return services;
    }

    /// <summary>What only a running agent has: the loop, and who calls it.</summary>
    public static IServiceCollection AddRefreshLoop(this IServiceCollection services)
    {
        services.AddSingleton<RefreshWorker>();
        services.AddHostedService(sp => sp.GetRequiredService<RefreshWorker>());
        services.AddHostedService<RejectedWatch>();
        return services;
    }
}

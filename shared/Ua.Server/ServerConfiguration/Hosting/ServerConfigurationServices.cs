using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ua.Security.Certificates;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Sessions;

namespace Ua.Server.ServerConfiguration;

/// <summary>Registers the pushed side of Part 12.</summary>
public static class ServerConfigurationServices
{
    /// <summary>
    /// Lets certificate and trust list of a server be managed by its ServerConfiguration object. The host also calls AddUaSecurity and
    /// AddUaServer, and knows users or rules that give the role SecurityAdmin. With <see cref="ServerConfigurationOptions.ShowManagedApplications"/>
    /// it adds other applications through <see cref="IManagedApplications"/>.
    /// </summary>
    public static IServiceCollection AddServerConfiguration(this IServiceCollection services, Action<ServerConfigurationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<ServerConfigurationOptions>().Configure(configure ?? (static _ => { })).Validate(options =>
        {
            options.Validate();
            return true;
        });
        services.AddSingleton(sp => sp.GetRequiredService<IOptions<ServerConfigurationOptions>>().Value);

        // Before anything opens the trust folder: what a kill has left half done there is completed first.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TrustFolderRepair>());
        AddTransactions(services);
        AddMethods(services);
        AddNodes(services);
        return services;
    }

    private static void AddTransactions(IServiceCollection services)
    {
        services.AddSingleton<StateFolder>();
        services.AddSingleton(sp => new PendingKeys(sp.GetRequiredService<StateFolder>().Keys));
        services.AddSingleton(sp => new ChangeJournal(sp.GetRequiredService<StateFolder>().Changes, sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<ChangeJournal>>()));
        services.AddSingleton<CertificateReview>();
        services.AddSingleton<ChangeExecution>();
        services.AddSingleton<TransactionDesk>();
        services.AddSingleton<ISessionObserver>(sp => sp.GetRequiredService<TransactionDesk>());
        services.AddSingleton<ChannelRenewal>();
        services.AddSingleton<ConfigurationAudit>();
        services.AddSingleton<ApplicationSetup>();
    }

    private static void AddMethods(IServiceCollection services)
    {
        services.AddSingleton<IConfigurationMethod, UpdateCertificate>();
        services.AddSingleton<IConfigurationMethod, CreateSigningRequest>();
        services.AddSingleton<IConfigurationMethod, CreateSelfSignedCertificate>();
        services.AddSingleton<IConfigurationMethod, DeleteCertificate>();
        services.AddSingleton<IConfigurationMethod, GetCertificates>();
        services.AddSingleton<IConfigurationMethod, ApplyChanges>();
        services.AddSingleton<IConfigurationMethod, CancelChanges>();
        services.AddSingleton<IConfigurationMethod, GetRejectedList>();
        services.AddSingleton<IConfigurationMethod, ResetToServerDefaults>();
    }

    private static void AddNodes(IServiceCollection services)
    {
        services.AddSingleton<ServerApplication>();
        services.AddSingleton<CertificateGroupNodes>();
        services.AddSingleton<ConfigurationNodes>();
        services.AddSingleton<INodeSetContributor, ServerConfigurationNodes>();
        services.AddSingleton<ManagedApplicationNodes>();
        services.AddSingleton<IManagedApplications>(sp => sp.GetRequiredService<ManagedApplicationNodes>());
        services.AddSingleton<INodeSetContributor>(sp => sp.GetRequiredService<ServerConfigurationOptions>().ShowManagedApplications
            ? sp.GetRequiredService<ManagedApplicationNodes>()
            : new NoNodes());
    }

    /// <summary>Stands in where applications are not shown.</summary>
    private sealed class NoNodes : INodeSetContributor
    {
        public ValueTask ContributeAsync(Nodes.AddressSpace space, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

/// <summary>Completes or drops a swap of the trust folder that a kill has interrupted, before anything reads the folder.</summary>
internal sealed class TrustFolderRepair(TrustFolder folder, TimeProvider time, ILogger<TrustFolderUpdate> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => new TrustFolderUpdate(folder, time, log).RecoverAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ua.Security.Certificates;
using Ua.Server.Conditions;
using Ua.Server.Events;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.ServerObject;
using Ua.Server.Services;
using Ua.Server.Sessions;
using Ua.Server.Subscriptions;
using Ua.Server.TrustListFiles;
using Ua.Transport;

namespace Ua.Server.Hosting;

/// <summary>Registers an OPC UA server on the Kestrel of its host.</summary>
public static class UaServerServices
{
    /// <summary>
    /// Adds the server. The host also calls <see cref="UaSecurityServices.AddUaSecurity"/>, and registers what it has of
    /// <see cref="INodeSetContributor"/>, <see cref="IUserValidator"/>, <see cref="IUserCertificateValidator"/>,
    /// <see cref="IRoleMapper"/>, <see cref="ISessionObserver"/> and <see cref="IConditionStore"/>. Others use <see cref="AddressSpace"/>, <see cref="IEventSink"/>,
    /// <see cref="AuditEvents"/>, <see cref="ConditionRegister"/>, <see cref="CertificateGroupAlarms"/>, <see cref="UaServerEndpoints"/> and <see cref="UaServerSessions"/>.
    /// </summary>
    public static IServiceCollection AddUaServer(this IServiceCollection services, Action<UaServerOptions> configure, Action<UaTcpOptions>? configureTransport = null)
    {
        services.AddOptions<UaServerOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UaServerOptions>, UaServerOptionsCheck>();
        services.AddSingleton(sp => sp.GetRequiredService<IOptions<UaServerOptions>>().Value);
        services.AddUaTcp(configureTransport);
        services.AddOptions<KestrelServerOptions>().Configure<EndpointCatalog>((kestrel, catalog) =>
        {
            foreach (var endpoint in catalog.Endpoints) kestrel.ListenUaTcp(endpoint.Listener);
        });
        AddCore(services);
        AddServiceSets(services);
        services.AddHostedService<UaServerRuntime>();
        services.AddHostedService<TrustWatch>();
        return services;
    }

    private static void AddCore(IServiceCollection services)
    {
        services.AddSingleton(sp => AddressSpace.WithStandardNodes(sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<UaServerOptions>().ApplicationUri));
        services.AddSingleton<AttributeReader>();
        services.AddSingleton<AttributeWriter>();
        services.AddSingleton<Browser>();
        services.AddSingleton<PathTranslator>();
        services.AddSingleton<MethodCaller>();
        services.AddSingleton<EndpointCatalog>();
        services.AddSingleton(sp => new UaServerEndpoints(sp.GetRequiredService<EndpointCatalog>()));
        services.AddSingleton<OwnCertificates>();
        services.AddSingleton<IChannelSecurity, ChannelSecurity>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton(sp => new UserTokens(sp.GetService<IUserValidator>(), sp.GetService<IUserCertificateValidator>()));
        services.TryAddSingleton<IRoleMapper>(new RuleRoleMapper([]));
        services.AddSingleton<ServerCounters>();
        services.AddSingleton<AfterAnswers>();
        services.AddSingleton<TrustWatchPause>();
        services.AddSingleton(sp => sp.GetRequiredService<UaServerOptions>().Sessions);
        services.AddSingleton(sp => sp.GetRequiredService<UaServerOptions>().Subscriptions);
        services.AddSingleton(sp => sp.GetRequiredService<UaServerOptions>().Operations);
        services.AddSingleton<SessionTable>();
        services.AddSingleton(sp => new UaServerSessions(sp.GetRequiredService<SessionTable>()));
        services.AddSingleton<DueTimer>();
        services.AddSingleton<SubscriptionTable>();
        services.AddSingleton<MonitoredItemFactory>();
        services.AddSingleton<EventRouter>();
        services.AddSingleton<IEventSink>(sp => sp.GetRequiredService<EventRouter>());
        services.AddSingleton(sp => new AuditEvents(sp.GetRequiredService<IEventSink>(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<UaServerOptions>().ApplicationUri));
        services.AddSingleton<ServerState>();
        services.AddSingleton<ServerObjectNodes>();
        services.AddSingleton<ServerMethods>();
        services.AddSingleton<RoleSetNodes>();
        services.TryAddSingleton(new TrustListFileLimits());
        services.AddSingleton<TrustListHandles>();
        services.AddSingleton<ISessionObserver>(sp => sp.GetRequiredService<TrustListHandles>());
        AddConditions(services);
    }

    private static void AddConditions(IServiceCollection services)
    {
        services.TryAddSingleton<IConditionStore, MemoryConditionStore>();
        services.AddSingleton(sp => new ConditionRegister(
            sp.GetRequiredService<AddressSpace>(), sp.GetRequiredService<IConditionStore>(), sp.GetRequiredService<IEventSink>(),
            sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<ConditionRegister>>()));
        services.AddSingleton<ConditionMethods>();
        services.AddSingleton<ConditionRefreshing>();
        services.AddSingleton(sp => new CertificateGroupAlarms(
            sp.GetRequiredService<AddressSpace>(), sp.GetRequiredService<ConditionRegister>(),
            sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<CertificateGroupAlarms>>()));
    }

    private static void AddServiceSets(IServiceCollection services)
    {
        services.AddSingleton<IServiceSet, DiscoveryService>();
        services.AddSingleton<IServiceSet, SessionService>();
        services.AddSingleton<IServiceSet, ViewService>();
        services.AddSingleton<IServiceSet, AttributeService>();
        services.AddSingleton<IServiceSet, MethodService>();
        services.AddSingleton<IServiceSet, SubscriptionService>();
        services.AddSingleton<IServiceSet, MonitoredItemService>();
        services.AddSingleton<IServiceDispatcher, ServiceDispatcher>();
    }
}

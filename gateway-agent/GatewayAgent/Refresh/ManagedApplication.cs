using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Core;

namespace GatewayAgent.Refresh;

/// <summary>An application that is kept in step: its configuration, its record on disk and its trust folders. The agent itself is one too.</summary>
internal sealed class ManagedApplication : IDisposable
{
    public ManagedApplication(ApplicationConfiguration configuration, bool isAgent, ApplicationStore store, TimeProvider time, ILoggerFactory loggers)
    {
        Configuration = configuration;
        IsAgent = isAgent;
        Store = store;
        Stores = GatewayStore.Of(configuration, time, loggers);
    }

    public ApplicationConfiguration Configuration { get; }

    public bool IsAgent { get; }

    public ApplicationStore Store { get; }

    public IReadOnlyList<GatewayStore> Stores { get; }

    public string Name => Configuration.Name;

    public string ApplicationUri => Configuration.ApplicationUri;

    /// <summary>Held while a folder of the application is changed, by the cycle, by a technician's command or by a push.</summary>
    public SemaphoreSlim Changing => Store.FolderChanging;

    /// <summary>The agent as an application: a client that nobody connects to, unless it has an endpoint of its own.</summary>
    public static ApplicationConfiguration AgentItself(AgentName name, EndpointConfiguration? endpoint, DataFolder data) => new()
    {
        Name = AgentConfiguration.OwnName,
        ApplicationUri = name.ApplicationUri,
        ProductUri = Gds.OwnIdentity.ProductUri,
        Type = endpoint is null ? ApplicationType.Client : ApplicationType.ClientAndServer,
        DiscoveryUrls = endpoint?.NamedUrls() ?? [],
        Capabilities = endpoint is null ? [] : ["NA"],
        Root = data.Pki,
    };

    public void Dispose()
    {
        foreach (var store in Stores) store.Dispose();
    }
}

using Gds.Authority;
using Gds.Core;
using Gds.Core.Push;
using Gds.Core.Starting;
using Gds.Host.Configuration;
using Gds.Host.Jobs;
using Gds.OpcUa.Hosting;
using Gds.Store;
using Gds.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Ua.Server.Nodes;

namespace Gds.Host.Hosting;

/// <summary>The process: rooms put together, brought up in the order in which they need each other.</summary>
internal sealed class GdsHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DataFolder _folder;

    private GdsHost(IHost host, DataFolder folder) => (_host, _folder) = (host, folder);

    public IServiceProvider Services => _host.Services;

    public static GdsHost Build(HostNeeds needs)
    {
        if (needs.Folder.Socket.Fault is { } fault) throw new ConfigurationProblem(fault);
        var builder = new HostBuilder()
            .UseContentRoot(needs.Folder.Root)
            .ConfigureAppConfiguration(configuration => configuration.AddConfiguration(needs.Configuration))
            .ConfigureLogging(logging => AddLogging(logging, needs))
            .ConfigureServices(services => AddRooms(services, needs))
            .ConfigureWebHost(web => AddWeb(web, needs.Folder));
        var host = new GdsHost(builder.Build(), needs.Folder);
        host.CheckOptions();
        return host;
    }

    /// <summary>Brings the data to a state that can be served from, and makes what is missing; what does not need the data is made meanwhile.</summary>
    public async Task<StartReport> PrepareAsync(CancellationToken cancellationToken)
    {
        var data = Task.Run(() => Services.GetRequiredService<GdsInitializer>().StartAsync(cancellationToken), cancellationToken);
        await Services.OpenIdentityAsync(cancellationToken);
        _ = Services.GetService<AddressSpace>();
        return await data;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        _folder.Socket.Protect();
    }

    public Task WaitForStopAsync() => _host.WaitForShutdownAsync(CancellationToken.None);

    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Socket.Remove();
    }

    /// <summary>The server is made when it starts, not before: by then it is known who the GDS is.</summary>
    private static void AddWeb(IWebHostBuilder web, DataFolder folder)
    {
        web.UseKestrelCore().ConfigureKestrel(folder.Socket.Listen);
        if (OperatingSystem.IsWindows()) web.UseNamedPipes();
        web.Configure(static app => app.UseRouting().UseEndpoints(static endpoints => endpoints.MapGdsApi()));
    }

    /// <summary>Before anything is made on disk.</summary>
    private void CheckOptions()
    {
        try
        {
            _ = Services.GetRequiredService<IOptions<GdsEndpointOptions>>().Value;
            _ = Services.GetRequiredService<IOptions<GdsCoreOptions>>().Value;
            _ = Services.GetRequiredService<IOptions<PushOptions>>().Value;
            _ = Services.GetRequiredService<IOptions<AuthorityOptions>>().Value;
            _ = Services.GetRequiredService<IOptions<GdsStoreOptions>>().Value;
        }
        catch (InvalidOperationException e) // the binder could not read a value; its text names the key
        {
            throw new ConfigurationProblem(e.Message, e);
        }
    }

    private static void AddLogging(ILoggingBuilder logging, HostNeeds needs)
    {
        logging.AddConfiguration(needs.Configuration.GetSection("Logging"));
        logging.SetMinimumLevel(needs.Listens ? LogLevel.Information : LogLevel.Error);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddSimpleConsole(static console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddRooms(IServiceCollection services, HostNeeds needs)
    {
        services.AddRoutingCore();
        services.Configure<ConsoleLifetimeOptions>(static console => console.SuppressStatusMessages = true);
        services.AddGdsStore(store =>
        {
            store.DatabasePath = needs.Folder.Database;
            needs.Configuration.GetSection(GdsStoreOptions.Section).Bind(store);
        });
        services.AddGdsAuthority(authority => CaSecret.Choose(authority, needs.Folder));
        services.AddGdsCore();
        services.AddSingleton<IGdsStatus, GdsStatus>();
        services.AddSingleton(needs);
        if (needs.Listens)
        {
            services.AddSystemd();
            services.AddWindowsService(static windows => windows.ServiceName = "GDS");
            services.AddGdsOpcUa(needs.Folder.Pki, needs.Folder.Users, needs.Folder.Alarms);
            services.AddHostedService<LastContacts>();
            services.AddGdsJobs();
            services.AddHostedService<PushService>();
        }
        else
        {
            services.AddGdsIdentity(needs.Folder.Pki);
        }

        if (needs.Endpoint is { } endpoint) services.PostConfigure(endpoint);
    }
}

using Gds.Authority;
using Gds.Core;
using Gds.Core.Starting;
using Gds.Store;
using Gds.Web.Client;
using Gds.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pki;
using TestKit;

namespace Gds.Web.Tests;

/// <summary>The API on its local socket, and on a TCP port that must not serve it, over a core with a database.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private IHost _host = null!;

    internal GdsApiClient Client { get; private set; } = null!;

    internal LocalSocket Socket { get; private set; } = null!;

    public string TcpUrl => _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Single(a => a.StartsWith("http://127.0.0.1:", StringComparison.Ordinal));

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        Socket = new LocalSocket(_folder.FullPath);
        _host = new HostBuilder()
            .ConfigureServices(AddRooms)
            .ConfigureWebHost(web => web
                .UseKestrelCore()
                .ConfigureKestrel(kestrel =>
                {
                    Socket.Listen(kestrel);
                    kestrel.Listen(System.Net.IPAddress.Loopback, 0);
                })
                .Configure(app => app.UseRouting().UseEndpoints(endpoints => endpoints.MapGdsApi())))
            .Build();
        await Get<GdsInitializer>().StartAsync(CancellationToken.None);
        await _host.StartAsync();
        Socket.Protect();
        Client = new GdsApiClient(Socket);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    private void AddRooms(IServiceCollection services)
    {
        services.AddRoutingCore();
        services.AddGdsStore(store => store.DatabasePath = _folder.File("gds.db"));
        services.AddGdsAuthority(authority => (authority.Folder, authority.CaKeyKind) = (_folder.File("ca"), KeyPairKind.Rsa2048));
        services.AddGdsCore();
        services.AddSingleton<IGdsStatus>(new FixedStatus());
    }

    private sealed class FixedStatus : IGdsStatus
    {
        public string EndpointUrl => "opc.tcp://gds:58810";

        public string CertificateSha256 => new('A', 64);

        public bool IsListening => true;

        public IEnumerable<string> Warnings() => [];
    }
}

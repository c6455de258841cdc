using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Hosting;

namespace GdsSuite.DemoGateway;

/// <summary>The server side of the gateway: every policy with Sign and SignAndEncrypt, None for discovery only.</summary>
internal static class DemoServer
{
    public static async Task<int> RunAsync(DemoGateway gateway, int port, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        await using var app = Build(gateway, port);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is UaException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The gateway does not start: {e.Message}");
            return 1;
        }

        await output.WriteLineAsync($"ready {app.Services.GetRequiredService<UaServerEndpoints>().Urls[0]}");
        await output.FlushAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static WebApplication Build(DemoGateway gateway, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<TrustFolderOptions>(o => (o.Path, o.Layout) = (gateway.Pki, gateway.Layout));
        builder.Services.Configure<ApplicationIdentityOptions>(gateway.Describe);
        builder.Services.AddUaSecurity();
        builder.Services.AddSingleton<INodeSetContributor, DemoNodes>();
        builder.Services.AddUaServer(options =>
        {
            options.ApplicationName = gateway.ApplicationName;
            options.ApplicationUri = gateway.ApplicationUri;
            options.ProductUri = DemoGateway.ProductUri;
            options.ApplicationType = ApplicationType.ClientAndServer;
            options.Endpoints.Add(new UaEndpointOptions { Url = $"opc.tcp://localhost:{port}" });
        });
        return builder.Build();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.ServerConfiguration;

namespace GdsSuite.DemoGateway;

/// <summary>How the gateway serves.</summary>
/// <param name="Administrator">The name of a user with the role SecurityAdmin; null for none.</param>
/// <param name="PasswordFile">Where its password stands; standard input where null.</param>
/// <param name="AllowsSetup">A gateway that has never trusted anyone lets unknown clients in to sign in as the administrator.</param>
internal sealed record DemoServing(int Port, string? Administrator, string? PasswordFile, bool AllowsSetup);

/// <summary>The server side of the gateway: every policy with Sign and SignAndEncrypt, None for discovery only.</summary>
internal static class DemoServer
{
    public static async Task<int> RunAsync(DemoGateway gateway, DemoServing serving, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var administrator = await AdministratorAsync(serving, errors, cancellationToken);
        if (administrator is null && serving.Administrator is not null) return 1;
        await using var app = Build(gateway, serving, administrator);
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

    private static async Task<DemoAdministrator?> AdministratorAsync(DemoServing serving, TextWriter errors, CancellationToken cancellationToken)
    {
        if (serving.Administrator is not { } name) return null;
        try
        {
            return new DemoAdministrator(name, await DemoAdministrator.ReadPasswordAsync(serving.PasswordFile ?? "-", cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The gateway does not start: {e.Message}");
            return null;
        }
    }

    private static WebApplication Build(DemoGateway gateway, DemoServing serving, DemoAdministrator? administrator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<TrustFolderOptions>(o => (o.Path, o.Layout) = (gateway.Pki, gateway.Layout));
        builder.Services.Configure<ApplicationIdentityOptions>(gateway.Describe);
        builder.Services.AddUaSecurity();
        builder.Services.AddSingleton<INodeSetContributor, DemoNodes>();
        if (administrator is not null) builder.Services.AddSingleton<IUserValidator>(administrator);
        builder.Services.AddServerConfiguration(configuration =>
        {
            configuration.ServerCapabilities.Add("DA");
            configuration.AllowApplicationSetup = serving.AllowsSetup;
        });
        builder.Services.AddUaServer(options =>
        {
            options.ApplicationName = gateway.ApplicationName;
            options.ApplicationUri = gateway.ApplicationUri;
            options.ProductUri = DemoGateway.ProductUri;
            options.ApplicationType = ApplicationType.ClientAndServer;
            options.Endpoints.Add(new UaEndpointOptions { Url = $"opc.tcp://localhost:{serving.Port}" });
        });
        return builder.Build();
    }
}

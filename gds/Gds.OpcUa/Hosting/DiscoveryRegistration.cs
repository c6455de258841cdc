using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Hosting;

namespace Gds.OpcUa.Hosting;

/// <summary>Registers the GDS, with the capability GDS, at the Local Discovery Server that is configured.</summary>
internal sealed class DiscoveryRegistration(
    GdsEndpointOptions options, UaServerOptions server, UaServerEndpoints endpoints, IHostApplicationLifetime lifetime,
    IApplicationIdentitySource identity, CertificateValidator validator, TimeProvider time, ILoggerFactory logs) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(options.LocalDiscoveryServer)) return;
        await Started(stoppingToken);
        if (stoppingToken.IsCancellationRequested) return;
        var registration = new LdsRegistration(new LdsRegistrationOptions
        {
            LdsUrl = options.LocalDiscoveryServer,
            Identity = identity,
            LdsCertificates = validator,
            ServerCapabilities = ["GDS"],
            Time = time,
            LoggerFactory = logs,
        });
        await registration.RunAsync(Describe, stoppingToken);
    }

    private RegisteredServer Describe() => new(
        server.ApplicationUri,
        server.ProductUri,
        [new LocalizedText("en", server.ApplicationName)],
        ApplicationType.Server,
        GatewayServerUri: null,
        [.. endpoints.Urls],
        SemaphoreFilePath: null,
        IsOnline: true);

    /// <summary>Waits until the endpoints listen, or until the host stops.</summary>
    private async Task Started(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        using var onStopping = stoppingToken.Register(() => started.TrySetResult());
        await started.Task;
    }
}

using Gds.Core.Push;
using Microsoft.Extensions.Hosting;

namespace Gds.Host.Hosting;

/// <summary>Pushes as long as the process serves.</summary>
internal sealed class PushService(PushDispatcher dispatcher) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => dispatcher.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => dispatcher.StopAsync();
}

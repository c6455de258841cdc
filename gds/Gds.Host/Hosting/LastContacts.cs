using Gds.Core;
using Gds.Core.Sync;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gds.Host.Hosting;

/// <summary>Stores at the end which applications were heard of since the last batch.</summary>
internal sealed class LastContacts(SyncWatch watch, ILogger<LastContacts> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await watch.SaveContactsAsync(cancellationToken);
        }
        catch (GdsProblem problem) // the database is away; the stop goes on
        {
            log.ContactsNotStored(problem.Message);
        }
    }
}

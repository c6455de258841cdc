using Gds.Core.Sync;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Stores in one batch which applications were heard of.</summary>
[DisallowConcurrentExecution]
internal sealed class ContactJob(SyncWatch watch) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await watch.SaveContactsAsync(cancellationToken);
}

using Gds.Core.Sync;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Notices who stays out of sync for too long; the core records and logs it.</summary>
[DisallowConcurrentExecution]
internal sealed class SyncJob(SyncWatch watch) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await watch.CheckAsync(cancellationToken);
}

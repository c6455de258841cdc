using Gds.Core.Upkeep;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Says once a day, in the log and in the audit rows, which certificates end soon and were not renewed.</summary>
[DisallowConcurrentExecution]
internal sealed class ExpiryJob(UpkeepWork upkeep, ILogger<ExpiryJob> log) : IJob
{
    private static readonly TimeSpan s_within = TimeSpan.FromDays(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var ending in await upkeep.RecordExpiryAsync(s_within, cancellationToken)) log.EndsSoon(ending.Name, ending.Thumbprint, ending.NotAfter);
    }
}

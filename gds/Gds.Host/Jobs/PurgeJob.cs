using Gds.Core.Upkeep;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Removes requests, tokens and audit rows whose time is over.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(UpkeepWork upkeep, ILogger<PurgeJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var report = await upkeep.PurgeAsync(cancellationToken);
        if (report.Requests + report.Tokens + report.Certificates + report.AuditRows > 0)
            log.Purged(report.Requests, report.Tokens, report.Certificates, report.AuditRows);
    }
}

using Gds.Core.Upkeep;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Issues CRLs long before the present ones end, and what was approved while the issuer was away.</summary>
[DisallowConcurrentExecution]
internal sealed class CrlJob(UpkeepWork upkeep, ILogger<CrlJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var lists = await upkeep.ReissueCrlsIfDueAsync(cancellationToken);
        var requests = await upkeep.ResumeApprovedAsync(cancellationToken);
        if (lists + requests > 0) log.Reissued(lists, requests);
        foreach (var fault in upkeep.Faults()) log.TrustListFault(fault);
    }
}

using Gds.Core.Push;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Brings what push targets refused into the inbox.</summary>
[DisallowConcurrentExecution]
internal sealed class RejectedJob(RejectedLook look) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await look.RunAsync(cancellationToken);
}

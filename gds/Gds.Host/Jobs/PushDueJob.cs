using Gds.Core.Push;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Starts a push wherever a certificate of a push target nears its end.</summary>
[DisallowConcurrentExecution]
internal sealed class PushDueJob(PushDispatcher dispatcher, ILogger<PushDueJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var queued = await dispatcher.QueueDueAsync(cancellationToken);
        if (queued > 0) log.PushesDue(queued);
    }
}

using Gds.Core.Push;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace Gds.Host.Jobs;

/// <summary>Adds the recurring work. Each job looks first and does what is due, so it may run late, twice or after a crash; each runs soon after a start.</summary>
internal static class GdsJobs
{
    public static void AddGdsJobs(this IServiceCollection services)
    {
        services.AddQuartz(static quartz =>
        {
            Schedule<CrlJob>(quartz, first: TimeSpan.FromMinutes(1), interval: TimeSpan.FromMinutes(10));
            Schedule<ExpiryJob>(quartz, first: TimeSpan.FromMinutes(2), interval: TimeSpan.FromHours(24));
            Schedule<SyncJob>(quartz, first: TimeSpan.FromMinutes(2), interval: TimeSpan.FromMinutes(1));
            Schedule<ContactJob>(quartz, first: TimeSpan.FromMinutes(10), interval: TimeSpan.FromMinutes(10));
            Schedule<PushDueJob>(quartz, first: TimeSpan.FromMinutes(3), interval: TimeSpan.FromMinutes(30));
            Schedule<PurgeJob>(quartz, first: TimeSpan.FromMinutes(5), interval: TimeSpan.FromHours(6));
            Schedule<RejectedJob>(quartz, first: TimeSpan.FromMinutes(5), static services => services.GetRequiredService<IOptions<PushOptions>>().Value.Rejected);
        });
        services.AddQuartzHostedService(static hosted =>
        {
            hosted.WaitForJobsToComplete = true;
            hosted.AwaitApplicationStarted = true;
        });
    }

    /// <summary>Nothing is kept between starts, so a run that was missed is made up by the one after the start.</summary>
    private static void Schedule<TJob>(IQuartzBuilder quartz, TimeSpan first, TimeSpan interval)
        where TJob : class, IJob => Schedule<TJob>(quartz, first, _ => interval);

    private static void Schedule<TJob>(IQuartzBuilder quartz, TimeSpan first, Func<IServiceProvider, TimeSpan> interval)
        where TJob : class, IJob =>
        quartz.ScheduleJob<TJob>((services, trigger) => trigger
            .StartAt(services.GetRequiredService<TimeProvider>().GetUtcNow() + first)
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(interval(services))
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)));
}

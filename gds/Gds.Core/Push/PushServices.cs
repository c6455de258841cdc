using Gds.Core.Agents;
using Gds.Core.Audit;
using Gds.Core.Certificates;
using Gds.Core.Protection;
using Gds.Core.Requests;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ua.Security.Certificates;

namespace Gds.Core.Push;

/// <summary>Adds the pushing side; a host that is to push starts the dispatcher.</summary>
internal static class PushServices
{
    public static void AddGdsPush(this IServiceCollection services)
    {
        services.AddOptions<PushOptions>().ValidateOnStart()
            .Configure<IServiceProvider>((value, provider) => provider.GetService<IConfiguration>()?.GetSection(PushOptions.Section).Bind(value));
        services.AddSingleton<IValidateOptions<PushOptions>, Validation>();
        services.AddSingleton(p => new PushedRequests(
            Get<IDbContextFactory<GdsDbContext>>(p), Get<WriteGate>(p), Get<RequestDelivery>(p), Get<Revocation>(p), Get<IDataProtection>(p)));
        services.AddSingleton(p => new PushTargets(
            Get<IDbContextFactory<GdsDbContext>>(p), Get<LiveState>(p), Get<WriteGate>(p), Get<Auditor>(p), Get<IDataProtection>(p), Get<PushedRequests>(p), Get<TimeProvider>(p)));
        services.AddSingleton(p => new PushRuns(Get<IDbContextFactory<GdsDbContext>>(p), Get<LiveState>(p), Get<WriteGate>(p), Get<Auditor>(p)));
        services.AddSingleton(p => new PushDoor(
            p.GetService<IApplicationIdentitySource>(), p.GetService<ITrustListSource>(), Get<IOptions<CertificateValidationOptions>>(p).Value,
            Get<IDataProtection>(p), Options(p), Get<TimeProvider>(p), Get<ILoggerFactory>(p)));
        services.AddSingleton(p => new TrustListPush(Get<PushDoor>(p), Get<TimeProvider>(p)));
        services.AddSingleton(p => new CertificatePush(Get<LiveState>(p), Get<CertificateRequests>(p), Get<PushedRequests>(p), Get<TimeProvider>(p)));
        services.AddSingleton(p => new PushReports(Get<LiveState>(p), Get<SyncRegister>(p), Get<RejectedInbox>(p)));
        services.AddSingleton(p => new RejectedLook(
            Get<IDbContextFactory<GdsDbContext>>(p), Get<LiveState>(p), Get<PushDoor>(p), Get<PushReports>(p), Options(p), Get<TimeProvider>(p), Get<ILogger<RejectedLook>>(p)));
        services.AddSingleton(p => new ApplicationPush(
            Get<LiveState>(p), Get<TrustListPush>(p), Get<CertificatePush>(p), Get<PushedRequests>(p), Get<PushDoor>(p), Get<PushReports>(p), Options(p), Get<TimeProvider>(p)));
        services.AddSingleton(p => new PushJob(
            Get<LiveState>(p), Get<PushRuns>(p), Get<PushDoor>(p), Get<ApplicationPush>(p), Get<PushReports>(p), Options(p), Get<TimeProvider>(p), Get<ILogger<PushJob>>(p)));
        services.AddSingleton(p => new PushDispatcher(
            Get<IDbContextFactory<GdsDbContext>>(p), Get<LiveState>(p), Get<WriteGate>(p), Get<GdsEvents>(p), Get<PushRuns>(p), Get<PushJob>(p),
            Options(p), Get<TimeProvider>(p), Get<ILogger<PushDispatcher>>(p)));
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();

    private static PushOptions Options(IServiceProvider provider) => Get<IOptions<PushOptions>>(provider).Value;

    private sealed class Validation : IValidateOptions<PushOptions>
    {
        public ValidateOptionsResult Validate(string? name, PushOptions options)
            => options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}

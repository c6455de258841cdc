using Gds.Authority;
using Gds.Core.Agents;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.Certificates;
using Gds.Core.Explaining;
using Gds.Core.Groups;
using Gds.Core.Protection;
using Gds.Core.Push;
using Gds.Core.Requests;
using Gds.Core.Starting;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Core.Tokens;
using Gds.Core.TrustLists;
using Gds.Core.Upkeep;
using Gds.Core.Users;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gds.Core;

/// <summary>Adds the use cases to a host; AddGdsStore and AddGdsAuthority add what they stand on.</summary>
public static class GdsCoreServices
{
    /// <summary>What the configuration section "Gds" says wins over <paramref name="defaults"/>.</summary>
    public static IServiceCollection AddGdsCore(this IServiceCollection services, Action<GdsCoreOptions>? defaults = null)
    {
        var options = services.AddOptions<GdsCoreOptions>().ValidateOnStart();
        if (defaults is not null) options.Configure(defaults);
        options.Configure<IServiceProvider>((value, provider) => provider.GetService<IConfiguration>()?.GetSection(GdsCoreOptions.Section).Bind(value));
        services.AddSingleton<IValidateOptions<GdsCoreOptions>, Validation>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIssuer>(p => new InternalIssuer(p.GetRequiredService<CaKeyStore>()));
        services.TryAddSingleton<IDataProtection>(p => new SecretDataProtection(p.GetRequiredService<IKeyProtection>()));
        AddInside(services);
        AddUseCases(services);
        services.AddGdsPush();
        return services;
    }

    private static void AddInside(IServiceCollection services)
    {
        services.AddSingleton<GdsEvents>();
        services.AddSingleton<LiveState>();
        services.AddSingleton<WriteGate>();
        services.AddSingleton<Auditor>();
        services.AddSingleton<SerialReserve>();
        services.AddSingleton<Revocation>();
        services.AddSingleton<AuthorityBirth>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton(p => new SyncContacts(Factory(p), Gate(p), p.GetRequiredService<GdsEvents>(), Time(p)));
        services.AddSingleton(p => new CrlIssuing(p.GetRequiredService<IIssuer>(), Options(p)));
        services.AddSingleton(p => new RequestPolicy(Options(p)));
        services.AddSingleton(p => new ApprovalRules(Options(p)));
        services.AddSingleton(p => new Purge(Gate(p), Options(p)));
        services.AddSingleton(p => new Issuing(
            p.GetRequiredService<IIssuer>(), p.GetRequiredService<SerialReserve>(), p.GetRequiredService<IDataProtection>(), Options(p)));
    }

    private static void AddUseCases(IServiceCollection services)
    {
        services.AddSingleton(p => new ApplicationDirectory(Live(p), Gate(p), Auditor(p), p.GetRequiredService<Revocation>(), Time(p)));
        services.AddSingleton(p => new CertificateRequests(
            Live(p), Gate(p), Auditor(p), p.GetRequiredService<RequestPolicy>(), p.GetRequiredService<ApprovalRules>(),
            p.GetRequiredService<Issuing>(), p.GetRequiredService<IDataProtection>(), Options(p), Time(p)));
        services.AddSingleton(p => new RequestDelivery(Factory(p), Live(p), Gate(p), Auditor(p), p.GetRequiredService<IDataProtection>(), Time(p)));
        services.AddSingleton(p => new RequestDecisions(
            Factory(p), Live(p), Gate(p), Auditor(p), p.GetRequiredService<RequestPolicy>(), p.GetRequiredService<Issuing>(),
            p.GetRequiredService<IDataProtection>(), p.GetRequiredService<ILogger<RequestDecisions>>()));
        services.AddSingleton(p => new CertificateRegister(Factory(p), Live(p), Gate(p), Auditor(p), p.GetRequiredService<Revocation>(), Time(p)));
        services.AddSingleton(p => new RevocationCheck(Factory(p), Live(p), Auditor(p), Time(p)));
        services.AddSingleton(p => new GroupTrustLists(Live(p), Gate(p), Auditor(p), Time(p)));
        services.AddSingleton(p => new SyncRegister(Live(p), Gate(p), Auditor(p), p.GetRequiredService<SyncContacts>(), Options(p), Time(p)));
        services.AddSingleton(p => new PeerExplanations(Factory(p), Live(p), p.GetRequiredService<SyncRegister>(), Time(p)));
        services.AddSingleton(p => new RejectedInbox(
            Factory(p), Live(p), Gate(p), Auditor(p), new InboxIntake(Options(p)), p.GetRequiredService<GroupTrustLists>(),
            p.GetRequiredService<SyncContacts>(), Time(p), p.GetRequiredService<ILogger<RejectedInbox>>()));
        services.AddSingleton(p => new SyncWatch(
            p.GetRequiredService<SyncRegister>(), p.GetRequiredService<SyncContacts>(), Gate(p), p.GetRequiredService<ILogger<SyncWatch>>()));
        services.AddSingleton(p => new CertificateGroups(Live(p), Gate(p), Auditor(p)));
        services.AddSingleton(p => new GroupOutlook(Factory(p), Live(p), p.GetRequiredService<SyncRegister>(), Options(p)));
        services.AddSingleton(p => new UserAccounts(Factory(p), Gate(p), Auditor(p), Options(p)));
        services.AddSingleton(p => new SignIn(Factory(p), Gate(p), p.GetRequiredService<LoginThrottle>(), Options(p)));
        services.AddSingleton(p => new EnrolmentTokens(Factory(p), Live(p), Gate(p), Auditor(p)));
        services.AddSingleton(p => new AuditLog(Factory(p)));
        services.AddSingleton(p => new UpkeepWork(
            Live(p), Gate(p), p.GetRequiredService<IIssuer>(), p.GetRequiredService<CrlIssuing>(), p.GetRequiredService<Purge>(), p.GetRequiredService<RequestDecisions>(), Options(p), Time(p)));
        services.AddSingleton(p => new GdsInitializer(
            Factory(p), p.GetRequiredService<IOptions<GdsStoreOptions>>(), Live(p), Gate(p), p.GetRequiredService<AuthorityBirth>(),
            p.GetRequiredService<UserAccounts>(), p.GetRequiredService<RequestDecisions>(), p.GetRequiredService<UpkeepWork>(),
            p.GetRequiredService<SyncContacts>(), p.GetRequiredService<ILogger<GdsInitializer>>()));
    }

    private static IDbContextFactory<GdsDbContext> Factory(IServiceProvider p) => p.GetRequiredService<IDbContextFactory<GdsDbContext>>();

    private static LiveState Live(IServiceProvider p) => p.GetRequiredService<LiveState>();

    private static WriteGate Gate(IServiceProvider p) => p.GetRequiredService<WriteGate>();

    private static Auditor Auditor(IServiceProvider p) => p.GetRequiredService<Auditor>();

    private static TimeProvider Time(IServiceProvider p) => p.GetRequiredService<TimeProvider>();

    private static GdsCoreOptions Options(IServiceProvider p) => p.GetRequiredService<IOptions<GdsCoreOptions>>().Value;

    private sealed class Validation : IValidateOptions<GdsCoreOptions>
    {
        public ValidateOptionsResult Validate(string? name, GdsCoreOptions options)
            => options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}

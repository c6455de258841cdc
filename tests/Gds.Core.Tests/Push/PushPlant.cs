using Gds.Core.Applications;
using Gds.Core.Push;
using Gds.Core.Sync;
using Gds.Core.TrustLists;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Gds.Core.Tests.Push;

/// <summary>A GDS and one scripted target that is registered with it.</summary>
internal sealed class PushPlant : IAsyncDisposable
{
    private PushPlant(GdsFixture gds, ScriptedTarget target) => (Gds, Target) = (gds, target);

    public GdsFixture Gds { get; }

    public ScriptedTarget Target { get; }

    public Guid ApplicationId { get; private set; }

    public PushTargets Targets => Gds.Get<PushTargets>();

    public PushRuns Runs => Gds.Get<PushRuns>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<PushPlant> StartAsync(ScriptedTarget target, Action<PushOptions>? configure = null)
    {
        var gds = await GdsFixture.StartAsync(clock: TimeProvider.System, more: services =>
        {
            services.AddSingleton<IApplicationIdentitySource>(new FixedApplicationIdentity(target.Gds.AsIdentity()));
            services.AddSingleton<ITrustListSource>(p => new GroupTrust(p.GetRequiredService<GroupTrustLists>()));
            services.Configure<PushOptions>(o =>
            {
                (o.LookSeconds, o.PendingSeconds, o.ReturnSeconds, o.RetrySeconds) = (0.02, 2, 20, 0.05);
                configure?.Invoke(o);
            });
        });
        var plant = new PushPlant(gds, target);
        var record = new ApplicationRegistration(target.Uri, Store.ApplicationType.Server, [new(null, "Target")], "urn:vendor", [target.Url], ["DA"]);
        plant.ApplicationId = await gds.Directory.RegisterAsync(Callers.Admin, record, Ct);
        await plant.Targets.SetAsync(Callers.Admin, plant.ApplicationId, new PushTargetOrder { PinnedSha256 = target.FirstSha256 }, Ct);
        return plant;
    }

    /// <summary>One run from its wish to its end, without the dispatcher.</summary>
    public async Task<PushRunView> RunAsync(bool renew = false)
    {
        var id = await Runs.RequestAsync(Callers.Admin, ApplicationId, renew, Ct);
        var (run, target) = (await Runs.BeginAsync(id, Ct))!.Value;
        await Gds.Get<PushJob>().RunAsync(run, target, Ct);
        return await Runs.GetAsync(Callers.Admin, id, Ct);
    }

    public async Task<PushRunView> SucceedAsync(bool renew = false)
    {
        var run = await RunAsync(renew);
        run.State.ShouldBe(PushRunState.Succeeded, Tell(run));
        return run;
    }

    public async Task<PushRunView> FailAsync(bool renew = false)
    {
        var run = await RunAsync(renew);
        run.State.ShouldBe(PushRunState.Failed, Tell(run));
        return run;
    }

    public static string Tell(PushRunView run) => $"{run.Text}\n{string.Join('\n', run.Steps.Select(s => $"{s.Kind} {s.Outcome}: {s.Text}"))}";

    public TrustListDataType Intended()
    {
        var list = Gds.TrustLists.Peek(null);
        return new TrustListDataType(
            TrustListMasks.All, [.. list.TrustedCertificates, Target.Gds.Der], [.. list.TrustedCrls], [.. list.IssuerCertificates], [.. list.IssuerCrls]);
    }

    public ConfirmedState Sync() => Gds.Get<SyncRegister>().Of(Callers.Admin, ApplicationId).Single().Confirmed.ShouldNotBeNull();

    public Task<List<IssuedCertificate>> IssuedAsync() => Gds.QueryAsync(db => db.IssuedCertificates.Where(c => c.ApplicationId == ApplicationId).OrderBy(c => c.IssuedAt).ToListAsync());

    public Task<List<IssueRequest>> RequestsAsync() => Gds.QueryAsync(db => db.IssueRequests.OrderBy(r => r.CreatedAt).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        await Gds.DisposeAsync();
        await Target.DisposeAsync();
    }

    /// <summary>The list of the default group, as the GDS itself trusts it.</summary>
    private sealed class GroupTrust(GroupTrustLists lists) : ITrustListSource
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public ValueTask<Ua.Security.Certificates.TrustLists> CurrentAsync(CancellationToken cancellationToken = default)
        {
            var s = lists.Peek(null);
            return new(new Ua.Security.Certificates.TrustLists(
                s.TrustedCertificates.Select(d => new TrustListCertificate(ApplicationCertificate.Parse(d), "gds")), s.TrustedCrls.Select(d => new TrustListCrl(CertificateRevocationList.Parse(d), "gds")), [], []));
        }
    }
}

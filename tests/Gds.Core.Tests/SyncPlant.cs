using Gds.Core.Sync;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

/// <summary>A GDS with one gateway that has a certificate, and reports about it.</summary>
internal sealed class SyncPlant : IAsyncDisposable
{
    public const string Uri = "urn:plant:gateway";

    private SyncPlant(GdsFixture gds, Guid id) => (Gds, Id) = (gds, id);

    public GdsFixture Gds { get; }

    public Guid Id { get; }

    public ApplicationCertificate Certificate { get; private set; } = null!;

    public string Thumbprint => Certificate.Thumbprint;

    public SyncRegister Sync => Gds.Get<SyncRegister>();

    public DateTime ListTime => Gds.TrustLists.Peek(null).LastUpdateTime;

    /// <summary>The gateway itself.</summary>
    public Caller Gateway => Callers.Application(Uri, Thumbprint);

    public static async Task<SyncPlant> StartAsync(Action<GdsCoreOptions>? configure = null, bool withCertificate = true)
    {
        var gds = await GdsFixture.StartAsync(configure);
        var plant = new SyncPlant(gds, await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(Uri), CancellationToken.None));
        if (withCertificate) await plant.RenewAsync();
        return plant;
    }

    public async Task RenewAsync()
    {
        var finished = await Gds.Delivery.FinishAsync(Callers.Admin, Id, await RequestAsync(), CancellationToken.None);
        Certificate = ApplicationCertificate.Parse(finished.Certificate);
    }

    public Task<Guid> RequestAsync() => Gds.Requests.StartSigningRequestAsync(Callers.Admin, Id, null, null, Sample.Csr(Uri), CancellationToken.None);

    /// <summary>What a gateway says that has everything.</summary>
    public SyncReport Good() => new(Id, "", SyncOutcome.InSync, Thumbprint, ListTime, Gds.Time.GetUtcNow().UtcDateTime, null);

    public Task ReportAsync(SyncReport report, Caller? caller = null) => Sync.ReportAsync(caller ?? Gateway, report, CancellationToken.None);

    public MemberSync Member() => Sync.Of(Callers.Admin, Id).Single();

    public Task<MemberReport> RowAsync() => Gds.QueryAsync(db => db.MemberReports.AsNoTracking().SingleAsync());

    public ValueTask DisposeAsync() => Gds.DisposeAsync();
}

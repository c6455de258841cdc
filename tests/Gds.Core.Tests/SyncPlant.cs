using Gds.Core.Requests;
using Gds.Core.Sync;
using Gds.Store;
using Pki;

namespace Gds.Core.Tests;

/// <summary>A GDS with one gateway that has a certificate, and reports about it.</summary>
internal sealed class SyncPlant : IAsyncDisposable
{
    public const string Uri = "urn:plant:gateway";

    private SyncPlant(GdsFixture gds, Guid id, ApplicationCertificate certificate) => (Gds, Id, Certificate) = (gds, id, certificate);

    public GdsFixture Gds { get; }

    public Guid Id { get; }

    public ApplicationCertificate Certificate { get; private set; }

    public string Thumbprint => Certificate.Thumbprint;

    public SyncRegister Sync => Gds.Get<SyncRegister>();

    public DateTime ListTime => Gds.TrustLists.Peek(null).LastUpdateTime;

    /// <summary>The gateway itself.</summary>
    public Caller Gateway => Callers.Application(Uri, Thumbprint);

    public static async Task<SyncPlant> StartAsync(Action<GdsCoreOptions>? configure = null)
    {
        var gds = await GdsFixture.StartAsync(configure);
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(Uri), CancellationToken.None);
        return new(gds, id, await IssueAsync(gds, id));
    }

    public async Task RenewAsync() => Certificate = await IssueAsync(Gds, Id);

    /// <summary>What a gateway says that has everything.</summary>
    public SyncReport Good() => new(Id, "", SyncOutcome.InSync, Thumbprint, ListTime, Gds.Time.GetUtcNow().UtcDateTime, null);

    public Task ReportAsync(SyncReport report, Caller? caller = null) => Sync.ReportAsync(caller ?? Gateway, report, CancellationToken.None);

    public MemberSync Member() => Sync.Of(Id).Single();

    public ValueTask DisposeAsync() => Gds.DisposeAsync();

    private static async Task<ApplicationCertificate> IssueAsync(GdsFixture gds, Guid id)
    {
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(Uri), CancellationToken.None);
        var finished = await gds.Delivery.FinishAsync(Callers.Admin, id, request, CancellationToken.None);
        return ApplicationCertificate.Parse(finished.Certificate);
    }
}

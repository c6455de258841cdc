using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.Gds;
using GatewayAgent.Refresh;
using GatewayAgent.Reload;
using GatewayAgent.State;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pki;
using TestKit;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Kit;

/// <summary>A managed application with real folders, and a GDS authority that gives it lists and certificates without any GDS.</summary>
internal sealed class Gateway : IDisposable
{
    public const string Uri = "urn:plant:gateway";

    private readonly TempFolder _temp = new();
    private readonly ApplicationStore _store;
    private readonly OwnIdentity _own;

    public Gateway(string preset = "spec-annex-f", ReloadConfiguration? reload = null, string? root = null, string? passwordFile = null, DriftPolicy drift = DriftPolicy.Leave)
    {
        Configuration = new ApplicationConfiguration { Name = "Gateway", ApplicationUri = Uri, DiscoveryUrls = ["opc.tcp://localhost:4840"], Preset = preset, Root = root ?? _temp.File("pki"), Reload = reload ?? new(), PrivateKeyPasswordFile = passwordFile, Drift = drift };
        _store = new ApplicationStore(_temp.File("state"), Uri);
        _own = new OwnIdentity(new DataFolder(_temp.File("data")), Time, NullLoggerFactory.Instance);
        Application = new ManagedApplication(Configuration, isAgent: false, _store, Time, NullLoggerFactory.Instance);
        Gds = new Authority("GDS CA", 0, Time);
        var probe = new GatewayProbe(_own, Time, NullLoggerFactory.Instance);
        var teller = new GatewayReload(Time, NullLogger<GatewayReload>.Instance);
        Trials = new InstallTrials(teller, probe, new RejectedSweep(Time, NullLogger<RejectedSweep>.Instance), Time, NullLogger<InstallTrials>.Instance);
        Install = new FolderInstall(Trials, teller, probe, Time, NullLogger<FolderInstall>.Instance);
        Decisions = new LocalDecisions(Time, NullLogger<LocalDecisions>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };

    public ApplicationConfiguration Configuration { get; }

    public ManagedApplication Application { get; }

    public Authority Gds { get; }

    public InstallTrials Trials { get; }

    public FolderInstall Install { get; }

    public LocalDecisions Decisions { get; }

    public TempFolder Temp => _temp;

    public string Root => _temp.File("pki");

    /// <summary>A list of the GDS as a cycle would have read it.</summary>
    public async Task<GivenTrust> GivenAsync(byte[] list)
    {
        var kept = new TrustListState(await _store.KeepTrustListAsync(list, CancellationToken.None), Time.GetUtcNow(), Time.GetUtcNow());
        var before = await TrustListPull.KeptAsync(Application, CancellationToken.None);
        return new GivenTrust(TrustSet.Parse(list).Set, kept, before is null ? [] : [before.Set, .. before.Before], []) { Pushes = _store.Pushes };
    }

    /// <summary>Installs a list and, where given, a certificate.</summary>
    public async Task<string?> InstallAsync(byte[] list, IdentityCertificate? own = null, bool byHand = false) =>
        await Install.RunAsync(Application, new AgentConfiguration(), await GivenAsync(list), own, byHand, CancellationToken.None);

    public Task<TrustSet> FolderAsync(int store = 0) => Application.Stores[store].ReadAsync(CancellationToken.None);

    public async Task<ApplicationCertificate?> OwnAsync(int store = 0) => (await Application.Stores[store].ReadOwnAsync(CancellationToken.None)).Own?.Certificate;

    public Task<ApplicationState> StateAsync() => _store.ReadAsync(CancellationToken.None);

    public void Dispose()
    {
        Application.Dispose();
        _store.Dispose();
        _own.Dispose();
        _temp.Dispose();
    }
}

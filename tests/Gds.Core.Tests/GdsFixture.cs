using Gds.Authority;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.Certificates;
using Gds.Core.Groups;
using Gds.Core.Requests;
using Gds.Core.Starting;
using Gds.Core.State;
using Gds.Core.Tokens;
using Gds.Core.TrustLists;
using Gds.Core.Upkeep;
using Gds.Core.Users;
using Gds.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Pki;
using TestKit;

namespace Gds.Core.Tests;

/// <summary>A whole GDS core on a real SQLite file, with a clock and an issuer that tests can hold.</summary>
internal sealed class GdsFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // Making a CA takes longer than most tests, so those that do not look at its birth share the files of one.
    private static readonly Lazy<TempFolder> MadeAuthority = new(MakeAuthority);

    private readonly TempFolder _folder;
    private readonly Action<GdsCoreOptions>? _configure;
    private readonly TimeProvider? _clock;
    private readonly Action<IServiceCollection>? _more;
    private ServiceProvider _services;

    private GdsFixture(Action<GdsCoreOptions>? configure, TimeProvider? clock = null, Action<IServiceCollection>? more = null)
    {
        (_folder, _configure, _clock, _more) = (new TempFolder(), configure, clock, more);
        _services = Build();
    }

    public FakeTimeProvider Time { get; } = new(Start);
    public TestIssuer Issuer => (TestIssuer)Get<IIssuer>();
    public StartReport Report { get; private set; } = null!;
    public List<GdsEvent> Events { get; } = [];

    public ApplicationDirectory Directory => Get<ApplicationDirectory>();
    public CertificateRequests Requests => Get<CertificateRequests>();
    public RequestDelivery Delivery => Get<RequestDelivery>();
    public RequestDecisions Decisions => Get<RequestDecisions>();
    public CertificateRegister Certificates => Get<CertificateRegister>();
    public RevocationCheck RevocationCheck => Get<RevocationCheck>();
    public GroupTrustLists TrustLists => Get<GroupTrustLists>();
    public CertificateGroups Groups => Get<CertificateGroups>();
    public UserAccounts Users => Get<UserAccounts>();
    public SignIn SignIn => Get<SignIn>();
    public EnrolmentTokens Tokens => Get<EnrolmentTokens>();
    public AuditLog AuditLog => Get<AuditLog>();
    public UpkeepWork Upkeep => Get<UpkeepWork>();

    /// <param name="configure">Options of the core.</param>
    /// <param name="clock">In place of <see cref="Time"/>, for tests with peers that have a clock of their own.</param>
    /// <param name="more">Further services.</param>
    public static async Task<GdsFixture> StartAsync(Action<GdsCoreOptions>? configure = null, TimeProvider? clock = null, Action<IServiceCollection>? more = null)
    {
        var gds = new GdsFixture(configure, clock, more);
        var ca = gds._folder.File("ca");
        foreach (var file in System.IO.Directory.EnumerateFiles(MadeAuthority.Value.FullPath, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(ca, Path.GetRelativePath(MadeAuthority.Value.FullPath, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        await gds.InitializeAsync();
        return gds;
    }

    /// <summary>Builds the services without starting, for tests of the start itself.</summary>
    public static GdsFixture Unstarted() => new(null);

    public async Task<StartReport> InitializeAsync()
    {
        Get<GdsEvents>().Subscribe(Events.Add);
        return Report = await Get<GdsInitializer>().StartAsync(CancellationToken.None);
    }

    /// <summary>Ends the process as a crash would, as far as memory goes, and starts again on the same files.</summary>
    public async Task<StartReport> RestartAsync()
    {
        await StopAsync();
        return await InitializeAsync();
    }

    public async Task StopAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _services = Build();
    }

    public async Task<T> QueryAsync<T>(Func<GdsDbContext, Task<T>> query)
    {
        await using var db = await Get<IDbContextFactory<GdsDbContext>>().CreateDbContextAsync();
        return await query(db);
    }

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string? action = null)
        => await AuditLog.QueryAsync(Callers.Admin, new AuditQuery { Action = action, Max = 1000 }, CancellationToken.None);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public string CaFolder => _folder.File("ca");

    public string DatabasePath => _folder.File("gds.db");

    /// <summary>Whatever a test did: what the state says of requests is what the database says.</summary>
    private async Task CheckStateAsync()
    {
        var stored = await QueryAsync(db => StateReader.ReadAsync(db, CancellationToken.None));
        Get<LiveState>().Current.Requests.All.OrderBy(r => r.Id).ShouldBe(stored.Requests.All.OrderBy(r => r.Id));
    }

    public async ValueTask DisposeAsync()
    {
        if (Report is not null) await CheckStateAsync();
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static TempFolder MakeAuthority()
    {
        var folder = new TempFolder();
        using var services = new ServiceCollection().AddLogging()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Start))
            .AddGdsAuthority(o => (o.Folder, o.CaKeyKind) = (folder.FullPath, KeyPairKind.Rsa2048))
            .BuildServiceProvider();
        services.GetRequiredService<CaKeyStore>().OpenOrCreateAsync(CertificateGroups.Default).GetAwaiter().GetResult();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock ?? Time);
        services.AddGdsStore(o => (o.DatabasePath, o.BusyTimeoutSeconds) = (DatabasePath, 1));
        services.AddGdsAuthority(o =>
        {
            o.Folder = _folder.File("ca");
            o.CaKeyKind = KeyPairKind.Rsa2048;
        });
        services.AddSingleton<IIssuer>(p => new TestIssuer(new InternalIssuer(p.GetRequiredService<CaKeyStore>())));
        services.AddGdsCore(o =>
        {
            o.PasswordIterations = 310_000;
            _configure?.Invoke(o);
        });
        _more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }
}

/// <summary>The real issuer with a door for the test before each signature.</summary>
internal sealed class TestIssuer(IIssuer inner) : IIssuer
{
    public Func<IssueOrder, Task> BeforeIssue { get; set; } = _ => Task.CompletedTask;
    public Action<ApplicationCertificate> Issued { get; set; } = _ => { };
    public Func<CrlOrder, Task> BeforeCrl { get; set; } = _ => Task.CompletedTask;
    public Func<Task> AfterAuthority { get; set; } = () => Task.CompletedTask;

    public async Task<ApplicationCertificate> OpenOrCreateAuthorityAsync(string keyReference, CancellationToken cancellationToken)
    {
        var certificate = await inner.OpenOrCreateAuthorityAsync(keyReference, cancellationToken);
        await AfterAuthority();
        return certificate;
    }

    public Task CheckAsync(string keyReference, ApplicationCertificate expected, CancellationToken cancellationToken)
        => inner.CheckAsync(keyReference, expected, cancellationToken);

    public async Task<ApplicationCertificate> IssueAsync(IssueOrder order, CancellationToken cancellationToken)
    {
        await BeforeIssue(order);
        var certificate = await inner.IssueAsync(order, cancellationToken);
        Issued(certificate);
        return certificate;
    }

    public async Task<CertificateRevocationList> IssueCrlAsync(CrlOrder order, CancellationToken cancellationToken)
    {
        await BeforeCrl(order);
        return await inner.IssueCrlAsync(order, cancellationToken);
    }
}

using Gds.Authority;
using Gds.Core;
using Gds.Core.Starting;
using Gds.Core.Tokens;
using Gds.Core.Users;
using Gds.OpcUa.Hosting;
using Gds.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Client;
using Ua.Core;
using Ua.Gds;
using Ua.Security;
using Ua.Security.Certificates;
using SessionOptions = Ua.Client.SessionOptions;

namespace Gds.OpcUa.Tests;

/// <summary>A whole GDS on a free port with a database and a trust folder of its own, and clients for it.</summary>
public class GdsFixture : IAsyncLifetime
{
    public const string Password = "correct horse";
    private static readonly string[] s_people = ["discovery", "authority", "registrar", "security", "nobody"];

    private readonly TempFolder _folder = new();
    private IHost _host = null!;

    public IServiceProvider Services => _host.Services;

    public string Url => Services.GetRequiredService<GdsAddress>().EndpointUrl;

    internal string TrustFolder => _folder.File("pki");

    internal string UserFolder => _folder.File("users");

    internal TestApplication Console { get; } = new("urn:localhost:test:console");

    protected virtual Dictionary<string, string?> Settings => [];

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>(Settings) { ["Endpoint:Port"] = "0", ["Endpoint:Listen"] = "127.0.0.1" };
        settings.TryAdd("Endpoint:HostNames:0", "127.0.0.1");
        settings.TryAdd("Gds:PasswordIterations", "310000");
        _host = new HostBuilder()
            .ConfigureAppConfiguration(c => c.AddInMemoryCollection(settings))
            .ConfigureServices(services => AddRooms(services))
            .ConfigureWebHost(web => web.UseKestrelCore().Configure(_ => { }))
            .Build();
        await Services.OpenIdentityAsync(CancellationToken.None);
        await Services.GetRequiredService<GdsInitializer>().StartAsync(CancellationToken.None);
        await _host.StartAsync();
        await AddPeopleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The administrator of the machine, as the command line is.</summary>
    internal static Caller Local { get; } = new() { Who = "local:test", Origin = "local", Roles = GdsRoles.All, Channel = ChannelMode.SignAndEncrypt };

    internal Task<UaSession> ConnectAsync(
        TestApplication application, UserIdentity? user = null, MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt, ISecurityPolicy? policy = null)
        => UaSession.ConnectAsync(OptionsFor(application, user, mode, policy), TestContext.Current.CancellationToken);

    /// <summary>A session of one of the users, each of whom has one role.</summary>
    internal Task<UaSession> ConnectAsAsync(string person, MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt)
        => ConnectAsync(Console, UserIdentity.Named(person, Password), mode);

    internal SessionOptions OptionsFor(TestApplication application, UserIdentity? user, MessageSecurityMode mode, ISecurityPolicy? policy = null) => new()
    {
        EndpointUrl = Url,
        Application = new ClientApplication("test", application.Identity),
        ServerCertificates = ServerValidator(),
        SecurityPolicyUri = (policy ?? SecurityPolicies.Basic256Sha256).Uri,
        SecurityMode = mode,
        User = user ?? UserIdentity.Anonymous,
        FirstReconnectDelay = TimeSpan.FromMilliseconds(100),
        LongestReconnectDelay = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>More services, for tests that look inside.</summary>
    private protected virtual void Add(IServiceCollection services)
    {
    }

    /// <summary>An application that is registered and has a certificate of the GDS.</summary>
    internal async Task<(TestApplication App, NodeId Id)> EnrolAsync(string uri)
    {
        var app = new TestApplication(uri);
        var token = await NewTokenAsync(1, uri);
        await using var session = await ConnectAsync(app, UserOf(token));
        var id = await session.RegisterAsync(app.Record);
        app.Use(await session.FinishAsync(id, await session.StartAsync(id, app.SigningRequest())));
        return (app, id);
    }

    internal async Task<EnrolmentString> NewTokenAsync(int uses, params string[] patterns)
    {
        var order = new TokenOrder(uses, TimeSpan.FromHours(1), patterns, null);
        var created = await Get<EnrolmentTokens>().CreateAsync(Local, order, Url, Convert.FromHexString(Get<GdsAddress>().CertificateSha256), CancellationToken.None);
        EnrolmentString.TryParse(created.Text, out var text, out _).ShouldBeTrue();
        return text!;
    }

    internal static UserIdentity UserOf(EnrolmentString token) => UserIdentity.Named(token.UserName, token.Password);

    private CertificateValidator ServerValidator()
    {
        var own = Get<IApplicationIdentitySource>().Current.Primary.Certificate;
        var trust = new PublishedTrustLists(new TrustLists([new TrustListCertificate(own, "test")], [], [], []));
        return new CertificateValidator(trust, new CertificateValidationOptions(), TimeProvider.System, NullLogger<CertificateValidator>.Instance);
    }

    private void AddRooms(IServiceCollection services)
    {
        services.AddGdsStore(store => store.DatabasePath = _folder.File("gds.db"));
        services.AddGdsAuthority(authority => (authority.Folder, authority.CaKeyKind) = (_folder.File("ca"), KeyPairKind.Rsa2048));
        services.AddGdsCore();
        services.AddGdsOpcUa(TrustFolder, UserFolder, _folder.File("alarms.json"));
        Add(services);
    }

    private async Task AddPeopleAsync()
    {
        foreach (var person in s_people)
        {
            var role = person switch
            {
                "discovery" => GdsRoles.DiscoveryAdmin,
                "authority" => GdsRoles.CertificateAuthorityAdmin,
                "registrar" => GdsRoles.RegistrationAuthorityAdmin,
                "security" => GdsRoles.SecurityAdmin,
                _ => GdsRoles.None,
            };
            await Get<UserAccounts>().AddAsync(Local, person, Password, role, CancellationToken.None);
        }
    }
}

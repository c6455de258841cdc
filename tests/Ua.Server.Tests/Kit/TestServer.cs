using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.Sessions;
using Ua.Transport;

namespace Ua.Server.Tests.Kit;

/// <summary>A whole server behind its dispatcher, without sockets and with a clock that stands still.</summary>
internal sealed class TestServer : IAsyncDisposable, ISessionObserver
{
    public const string Url = "opc.tcp://localhost:48400";

    private readonly ServiceProvider _services;
    private readonly FixedApplicationIdentity _identity;
    private uint _lastChannel;

    private TestServer(FakeTimeProvider time, Action<UaServerOptions>? configure, FirstContactPolicy firstContact)
    {
        Time = time;
        Server = new TestIdentity("server", "b", time);
        Client = new TestIdentity("client", "a", time);
        Trust = new PublishedTrustLists(Trusting(Client));
        _identity = new FixedApplicationIdentity(Server.AsIdentity());
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IApplicationIdentitySource>(_identity);
        services.AddSingleton(new CertificateValidator(
            Trust, new CertificateValidationOptions { FirstContact = firstContact, SuppressRevocationStatusUnknown = true }, time, NullLogger<CertificateValidator>.Instance));
        services.AddSingleton<IUserValidator>(Users);
        services.AddSingleton<IUserCertificateValidator>(Users);
        services.AddSingleton<ISessionObserver>(this);
        services.AddUaServer(options =>
        {
            options.ApplicationName = "Test server";
            options.ApplicationUri = Server.Uri;
            options.ProductUri = "urn:test";
            options.Endpoints.Add(new UaEndpointOptions { Url = Url, UserTokens = { UserTokenType.Certificate } });
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; }

    public TestIdentity Server { get; }

    public TestIdentity Client { get; }

    public PublishedTrustLists Trust { get; }

    public TestUsers Users { get; } = new();

    public List<SessionRefusal> Refusals { get; } = [];

    public List<NodeId> Closed { get; } = [];

    public AddressSpace Space => Get<AddressSpace>();

    public SessionTable Sessions => Get<SessionTable>();

    public static async Task<TestServer> StartAsync(Action<UaServerOptions>? configure = null, FirstContactPolicy firstContact = FirstContactPolicy.Closed)
    {
        var server = new TestServer(new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)), configure, firstContact);
        foreach (var service in server._services.GetServices<IHostedService>().OfType<IHostedLifecycleService>()) await service.StartingAsync(default);
        return server;
    }

    public static TrustLists Trusting(params TestIdentity[] trusted) =>
        new(trusted.Select(t => new TrustListCertificate(t.Certificate, "test")), [], [], []);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A channel of the client, or of another one; null for a client without certificate.</summary>
    public FakeChannel Channel(MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt, ISecurityPolicy? policy = null, TestIdentity? client = null) =>
        mode == MessageSecurityMode.None
            ? new FakeChannel(++_lastChannel, SecurityPolicies.None, mode, null, null)
            : new FakeChannel(++_lastChannel, policy ?? SecurityPolicies.Basic256Sha256, mode, (client ?? Client).Der, Server.Der);

    public Task<IServiceResponse> DispatchAsync(IServerChannel channel, IServiceRequest request) =>
        Get<IServiceDispatcher>().DispatchAsync(channel, request, channel.Closed);

    public TestSession Session(FakeChannel? channel = null, TestIdentity? client = null) => new(this, channel ?? Channel(client: client), client ?? Client);

    /// <summary>A session that is activated by a user.</summary>
    public async Task<TestSession> ConnectAsync(TestUser? user = null, FakeChannel? channel = null)
    {
        var session = Session(channel);
        await session.CreateAsync();
        await session.ActivateAsync(user ?? TestUser.Anonymous);
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StoppingAsync(default);
            await service.StoppedAsync(default);
        }

        await _services.DisposeAsync();
    }

    void ISessionObserver.Activated(ICallContext session)
    {
    }

    void ISessionObserver.Refused(SessionRefusal refusal) => Refusals.Add(refusal);

    void ISessionObserver.Closed(NodeId sessionId) => Closed.Add(sessionId);
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Transport;

namespace Ua.Client.Tests.Kit;

/// <summary>Gives the answer that the server itself would give.</summary>
internal delegate Task<IServiceResponse> HonestAnswer();

/// <summary>Our own server on a real socket, whose answers a test can change: then it is a peer with faults that a good one never has.</summary>
internal sealed class OwnServer : IAsyncDisposable, INodeSetContributor, IUserValidator
{
    public const string Namespace = "urn:test:nodes";

    private readonly Action<AddressSpace>? _build;
    private readonly int _port;
    private readonly IReadOnlyList<NodeId> _claims;
    private WebApplication _app = null!;

    private OwnServer(Action<AddressSpace>? build, int port, IReadOnlyList<NodeId> claims)
    {
        _build = build;
        _port = port;
        _claims = claims;
    }

    public TestPeer Peer { get; } = TestPeer.Server();

    public TestPeer Client { get; } = TestPeer.Client();

    /// <summary>Who the server is; a test may make it another.</summary>
    public FixedApplicationIdentity Identity { get; private set; } = null!;

    public PublishedTrustLists Trust { get; private set; } = null!;

    /// <summary>Changes answers; null is honest.</summary>
    public Func<IServiceRequest, HonestAnswer, Task<IServiceResponse>>? Tamper { get; set; }

    public string Url => Get<UaServerEndpoints>().Urls.Single();

    public int Port => new Uri(Url).Port;

    public AddressSpace Space => Get<AddressSpace>();

    public ushort NamespaceIndex => (ushort)Space.Namespaces.IndexOf(Namespace);

    public static async Task<OwnServer> StartAsync(Action<AddressSpace>? build = null, Action<UaServerOptions>? configure = null, int port = 0, params IReadOnlyList<NodeId> claims)
    {
        var server = new OwnServer(build, port, claims);
        await server.RunAsync(configure);
        return server;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public SessionOptions Options(string? policy = null, MessageSecurityMode? mode = null, UserIdentity? user = null, TestPeer? client = null, int? port = null) => new()
    {
        EndpointUrl = port is { } p ? $"opc.tcp://localhost:{p}" : Url,
        Application = new ClientApplication("test client", new FixedApplicationIdentity((client ?? Client).AsIdentity())),
        ServerCertificates = TestPeer.Validator(Peer),
        SecurityPolicyUri = policy is null ? null : SecurityPolicies.Prefix + policy,
        SecurityMode = mode,
        User = user ?? UserIdentity.Anonymous,
        FirstReconnectDelay = TimeSpan.FromMilliseconds(20),
        LongestReconnectDelay = TimeSpan.FromMilliseconds(200),
        KeepAliveInterval = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>A session over the quickest channel that is signed.</summary>
    public Task<UaSession> ConnectAsync(int? port = null) =>
        UaSession.ConnectAsync(Options("Basic256Sha256", MessageSecurityMode.Sign, port: port), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    IEnumerable<NodeId> INodeSetContributor.Claims => _claims;

    ValueTask INodeSetContributor.ContributeAsync(AddressSpace space, CancellationToken cancellationToken)
    {
        space.Namespaces.Add(Namespace);
        _build?.Invoke(space);
        return default;
    }

    ValueTask<UserVerdict> IUserValidator.ValidateAsync(UserLogin login, CancellationToken cancellationToken) =>
        new((login.Name, login.Password) == ("operator", "a secret: häßlich") ? UserVerdict.Accepted() : UserVerdict.Refused("wrong password"));

    private async Task RunAsync(Action<UaServerOptions>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var services = builder.Services;
        Trust = new PublishedTrustLists(TestPeer.Trusting(Client));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IApplicationIdentitySource>(Identity = new FixedApplicationIdentity(Peer.AsIdentity()));
        services.AddSingleton(TestPeer.Validator(Trust));
        services.AddSingleton<IUserValidator>(this);
        services.AddSingleton<INodeSetContributor>(this);
        services.AddUaServer(options =>
        {
            options.ApplicationName = "Test server";
            options.ApplicationUri = Peer.Uri;
            options.ProductUri = "urn:test";
            options.Endpoints.Add(new UaEndpointOptions { Url = $"opc.tcp://localhost:{_port}" });
            configure?.Invoke(options);
        });
        Decorate(services);
        _app = builder.Build();
        await _app.StartAsync();
    }

    private void Decorate(IServiceCollection services)
    {
        var honest = services.Last(s => s.ServiceType == typeof(IServiceDispatcher)).ImplementationType!;
        services.AddSingleton<IServiceDispatcher>(sp => new Tampering((IServiceDispatcher)ActivatorUtilities.CreateInstance(sp, honest), this));
    }

    private sealed class Tampering(IServiceDispatcher honest, OwnServer server) : IServiceDispatcher
    {
        public Task<IServiceResponse> DispatchAsync(IServerChannel channel, IServiceRequest request, CancellationToken cancellationToken) =>
            server.Tamper is { } tamper
                ? tamper(request, () => honest.DispatchAsync(channel, request, cancellationToken))
                : honest.DispatchAsync(channel, request, cancellationToken);

        public void ChannelClosed(IServerChannel channel) => honest.ChannelClosed(channel);
    }
}

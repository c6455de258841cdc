using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>A server on a free port whose services, certificate and trust are the test's.</summary>
internal sealed class TestServer : IAsyncDisposable, IServiceDispatcher, IChannelSecurity
{
    public static readonly IReadOnlyList<OfferedSecurity> EverySecurity =
    [
        OfferedSecurity.None,
        .. SecurityPolicies.All.Where(p => !p.IsNone).SelectMany(p =>
            new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt }.Select(m => new OfferedSecurity(p, m))),
    ];

    private WebApplication _app = null!;

    public UaTcpEndpoint Endpoint { get; private init; } = null!;

    public string Url => $"opc.tcp://{Endpoint.BoundAddress}";

    public OwnCertificate? Certificate { get; set; } = new(TestKey.Of(2048, "b").Der, TestKey.Of(2048, "b").Rsa);

    public ServerChannels Channels => _app.Services.GetRequiredService<ServerChannels>();

    /// <summary>Answers requests; by default a Read with as many good values as nodes.</summary>
    public Func<IServerChannel, IServiceRequest, CancellationToken, Task<IServiceResponse>> Serve { get; set; } = static (_, request, _) => Task.FromResult(Echo.Answer(request));

    public Func<ClientCertificate, ClientVerdict> Judge { set => JudgeAsync = (client, _) => new(value(client)); }

    public Func<ClientCertificate, CancellationToken, ValueTask<ClientVerdict>> JudgeAsync { get; set; } = static (_, _) => new(ClientVerdict.Accepted);

    public ErrorLog Log { get; } = new();

    public ConcurrentQueue<IServerChannel> Ended { get; } = new();

    public static async Task<TestServer> StartAsync(
        Action<UaTcpOptions>? configure = null, TimeProvider? time = null, IReadOnlyList<OfferedSecurity>? offers = null)
    {
        var server = new TestServer { Endpoint = new UaTcpEndpoint(new IPEndPoint(IPAddress.Loopback, 0), offers ?? EverySecurity) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(server.Log);
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IServiceDispatcher>(server);
        builder.Services.AddSingleton<IChannelSecurity>(server);
        builder.Services.AddUaTcp(configure);
        builder.Services.ListenUaTcp(server.Endpoint);
        server._app = builder.Build();
        await server._app.StartAsync();
        return server;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        Log.Errors.ShouldBeEmpty();
    }

    Task<IServiceResponse> IServiceDispatcher.DispatchAsync(IServerChannel channel, IServiceRequest request, CancellationToken cancellationToken) =>
        Serve(channel, request, cancellationToken);

    void IServiceDispatcher.ChannelClosed(IServerChannel channel) => Ended.Enqueue(channel);

    OwnCertificate? IChannelSecurity.CurrentCertificate(ISecurityPolicy policy) => Certificate;

    ValueTask<ClientVerdict> IChannelSecurity.CheckClientAsync(ClientCertificate client, CancellationToken cancellationToken) => JudgeAsync(client, cancellationToken);
}

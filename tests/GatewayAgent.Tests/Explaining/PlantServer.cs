using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Hosting;

namespace GatewayAgent.Tests.Explaining;

/// <summary>What is peculiar about a server.</summary>
internal sealed record PlantServerOptions(IdentityCertificateParts Own, TrustLists Trusted)
{
    /// <summary>Its clock against the real one.</summary>
    public TimeSpan Clock { get; init; }

    public bool OnlyNone { get; init; }

    public bool NeedsUser { get; init; }

    public string? StatedUri { get; init; }
}

/// <summary>The other side: a real server of ours on a real socket.</summary>
internal sealed class PlantServer : IAsyncDisposable
{
    public const string Uri = "urn:plant:line";

    private WebApplication _app = null!;

    public int Port => new System.Uri(_app.Services.GetRequiredService<UaServerEndpoints>().Urls[0]).Port;

    public string Url => $"opc.tcp://localhost:{Port}";

    public static Making Making { get; } = new("Line", 15) { Uris = [Uri], Hosts = ["localhost"] };

    public static async Task<PlantServer> StartAsync(PlantServerOptions options)
    {
        var server = new PlantServer();
        var time = new ShiftedTime(options.Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IApplicationIdentitySource>(new FixedApplicationIdentity(new ApplicationIdentity(new IdentityCertificate(options.Own.Certificate, options.Own.Pair, []))));
        builder.Services.AddSingleton(new CertificateValidator(new PublishedTrustLists(options.Trusted), new CertificateValidationOptions(), time, NullLogger<CertificateValidator>.Instance));
        builder.Services.AddUaServer(o =>
        {
            o.ApplicationName = "Line";
            o.ApplicationUri = options.StatedUri ?? options.Own.Certificate.ApplicationUri ?? Uri;
            o.ProductUri = "urn:plant";
            var endpoint = new UaEndpointOptions { Url = "opc.tcp://127.0.0.1:0", AllowNone = options.OnlyNone };
            if (options.OnlyNone) endpoint.SecurityPolicies.Clear();
            if (options.NeedsUser) endpoint.UserTokens.Remove(UserTokenType.Anonymous);
            o.Endpoints.Add(endpoint);
        });
        server._app = builder.Build();
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

/// <summary>Something that listens and is no OPC UA server.</summary>
internal sealed class OtherListener : IAsyncDisposable
{
    private readonly System.Net.Sockets.TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public OtherListener(string says)
    {
        _listener.Start();
        _serving = ServeAsync(says);
    }

    public string Url => $"opc.tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync(string says)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var buffer = new byte[1024];
                if (await client.GetStream().ReadAsync(buffer, _stop.Token) > 0) await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(says), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return; // stopped, or the other side has gone
        }
    }
}

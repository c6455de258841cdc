using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Client;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Server.Hosting;
using Ua.Server.Identity;

namespace Ua.Server.Tests.Kit;

/// <summary>A server on a real socket with a trust folder on disk, and clients for it.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private WebApplication _app = null!;

    public TestUsers Users { get; } = new();

    public TestIdentity Client { get; } = new("client", "a", TimeProvider.System);

    public string Url => Get<UaServerEndpoints>().Urls[0];

    public byte[] ServerCertificate => Get<IApplicationIdentitySource>().Current.Primary.ChainBytes;

    /// <summary>The file that makes the client trusted.</summary>
    public string TrustedFile => _folder.File("trusted", "certs", "client.der");

    public static async Task<LiveServer> StartAsync(Action<UaServerOptions>? configure = null, Action<IServiceCollection>? services = null, bool trustsClient = true)
    {
        var server = new LiveServer();
        Directory.CreateDirectory(Path.GetDirectoryName(server.TrustedFile)!);
        if (trustsClient) await File.WriteAllBytesAsync(server.TrustedFile, server.Client.Der);
        Directory.CreateDirectory(server._folder.File("own", "private"));
        var own = new TestIdentity("server", "b", TimeProvider.System);
        await AtomicFile.WriteTextAsync(server._folder.File("own", "private", "server.pem"), own.Key.ExportPem(), FileProtection.OwnerOnly);
        Directory.CreateDirectory(server._folder.File("own", "certs"));
        server._folder.Write(Path.Combine("own", "certs", "server.der"), own.Der);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<TrustFolderOptions>(o => o.Path = server._folder.FullPath);
        builder.Services.Configure<CertificateValidationOptions>(o => o.SuppressRevocationStatusUnknown = true);
        builder.Services.AddUaSecurity();
        builder.Services.AddSingleton<IUserValidator>(server.Users);
        builder.Services.AddSingleton<IUserCertificateValidator>(server.Users);
        services?.Invoke(builder.Services);
        builder.Services.AddUaServer(options =>
        {
            options.ApplicationName = "Live server";
            options.ApplicationUri = own.Uri;
            options.Endpoints.Add(new UaEndpointOptions { Url = "opc.tcp://127.0.0.1:0", UserTokens = { UserTokenType.Certificate } });
            configure?.Invoke(options);
        });
        server._app = builder.Build();
        await server._app.StartAsync();
        return server;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<UaSession> ConnectAsync(
        ISecurityPolicy? policy = null, MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt, UserIdentity? user = null, TestIdentity? client = null, string? url = null, bool reconnects = true)
    {
        var trusted = new PublishedTrustLists(new TrustLists([new TrustListCertificate(ApplicationCertificate.Parse(ServerCertificate), "test")], [], [], []));
        return UaSession.ConnectAsync(new Ua.Client.SessionOptions
        {
            EndpointUrl = url ?? Url,
            Application = new ClientApplication("client", new FixedApplicationIdentity((client ?? Client).AsIdentity())),
            ServerCertificates = new CertificateValidator(
                trusted, new CertificateValidationOptions { SuppressRevocationStatusUnknown = true }, TimeProvider.System, NullLogger<CertificateValidator>.Instance),
            SecurityPolicyUri = (policy ?? SecurityPolicies.Basic256Sha256).Uri,
            SecurityMode = mode,
            User = user ?? UserIdentity.Anonymous,
            Reconnects = reconnects,
            FirstReconnectDelay = TimeSpan.FromMilliseconds(50),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

using System.Security.Cryptography;
using EndToEnd.Tests.Agents;
using Pki;
using TestKit;
using TestKit.Processes;
using Ua.Client;

namespace EndToEnd.Tests.Push;

/// <summary>A gateway as a process of its own that lets an administrator push certificates and trust lists.</summary>
internal sealed class PushedGateway : IAsyncDisposable
{
    private const string Admin = "pusher";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly RunningProgram _running;
    private readonly string _password;

    private PushedGateway(RunningProgram running, string pki, string url, string password) => (_running, Pki, Url, _password) = (running, pki, url, password);

    public string Pki { get; }

    public string Url { get; }

    public string ApplicationUri { get; private set; } = "";

    public string Said => _running.Said;

    public static async Task<PushedGateway> StartAsync(TempFolder folder, string name, CancellationToken cancellationToken)
    {
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        var (pki, file) = (folder.File($"pki-{name}"), folder.Write($"password-{name}", password));
        var running = AgentPlant.GatewayProgram.Start("serve", "--name", name, "--pki", pki, "--port", $"{FreePort.Find()}", "--admin", Admin, "--admin-password-file", file, "--setup");
        var url = (await running.WaitForLineAsync("ready ", s_patience, cancellationToken))["ready ".Length..];
        var gateway = new PushedGateway(running, pki, url, password);
        gateway.ApplicationUri = (await gateway.ShownAsync(cancellationToken)).ApplicationUri!;
        return gateway;
    }

    /// <summary>The certificate that its endpoints show.</summary>
    public async Task<ApplicationCertificate> ShownAsync(CancellationToken cancellationToken)
    {
        var endpoints = await Discovery.GetEndpointsAsync(Url, cancellationToken: cancellationToken);
        return CertificateChainBytes.Parse(endpoints.First(e => e.ServerCertificate is { Length: > 0 }).ServerCertificate)[0];
    }

    /// <summary>Registers it with the GDS and makes it a push target.</summary>
    public async Task RegisterAsync(GdsProcess gds, CancellationToken cancellationToken)
    {
        var shown = await ShownAsync(cancellationToken);
        (await gds.CommandAsync(cancellationToken, "app", "add", "--uri", ApplicationUri, "--name", "Gateway", "--product-uri", "urn:demo", "--discovery-url", Url, "--capability", "DA", "--json")).Json();
        (await gds.CommandWithInputAsync(_password, cancellationToken, "push", "target", "add", ApplicationUri, "--user", Admin, "--fingerprint", shown.Sha256, "--json")).Json();
    }

    public ValueTask DisposeAsync() => _running.DisposeAsync();
}

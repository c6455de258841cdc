using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace EndToEnd.Tests.Pushed;

/// <summary>
/// A server of ours is killed at random points while a transaction with a trust list and a certificate is applied. It comes up again
/// every time, with both or with neither, and nothing is left pending.
/// </summary>
public sealed class KilledServerPushTests : IAsyncLifetime
{
    private const int Kills = 12;
    private const string ApplicationUri = "urn:localhost:gds-quickstart:gateway-k";
    private static readonly NodeId s_rsaSha256 = ObjectTypeIds.RsaSha256ApplicationCertificateType;
    private static readonly NodeId s_updateCertificate = new(12616), s_applyChanges = new(12734);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
    private readonly ApplicationIdentity _client;
    private RunningProgram? _gateway;
    private string _url = "";

    public KilledServerPushTests()
    {
        var key = KeyPair.Import(TestKey.Of(2048, "a").Rsa.ExportPkcs8PrivateKey());
        _client = new ApplicationIdentity(new IdentityCertificate(SelfSigned("urn:localhost:test:pusher", key), key, []));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Pki => _folder.File("pki");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Pki, "trusted", "certs"));
        await File.WriteAllBytesAsync(Path.Combine(Pki, "trusted", "certs", "pusher.der"), _client.Primary.Certificate.Der, Ct);
        _folder.Write("password", _password + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Both_or_neither_after_every_kill()
    {
        var (applied, dropped) = (0, 0);
        await StartAsync();
        var (certificate, list) = await StateAsync();
        var marks = list;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var key = KeyPair.Import(TestKey.Of(2048, kill % 2 == 0 ? "b" : "a").Rsa.ExportPkcs8PrivateKey());
            var next = SelfSigned(ApplicationUri, key);
            var mark = SelfSigned($"urn:localhost:test:mark-{kill}", key).Der;
            await PushAndKillAsync(next, key, mark, TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(0, 120)));
            await StartAsync();

            var (servedNow, listNow) = await StateAsync();
            var (isNew, isListed) = (servedNow == next.Thumbprint, listNow.Contains(Convert.ToHexString(mark)));
            isNew.ShouldBe(isListed, $"kill {kill}: certificate and trust list come together. {_gateway!.Said}");
            if (isNew) applied++;
            else
            {
                servedNow.ShouldBe(certificate);
                listNow.ShouldBe(marks, ignoreOrder: true);
                dropped++;
            }

            (certificate, marks) = (servedNow, listNow);
            var changes = Path.Combine(Pki, ".server-configuration", "changes");
            if (Directory.Exists(changes)) Directory.EnumerateFiles(changes).ShouldBeEmpty($"kill {kill}: nothing is left pending");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{applied} applied, {dropped} dropped");
    }

    private async Task PushAndKillAsync(ApplicationCertificate next, KeyPair key, byte[] mark, TimeSpan delay)
    {
        await using var session = await ConnectAsync();
        var file = ObjectIds.ServerDefaultApplicationGroupTrustList;
        var handle = (await session.CallAsync(file, MethodIds.FileTypeOpen, [(byte)6], Ct)).Get<uint>(0, "FileHandle");
        var list = new TrustListDataType(TrustListMasks.TrustedCertificates, [_client.Primary.Certificate.Der, mark], [], [], []);
        await session.CallAsync(file, MethodIds.FileTypeWrite, [handle, TrustListContent.Encode(list)], Ct);
        await session.CallAsync(file, MethodIds.TrustListTypeCloseAndUpdate, [handle], Ct);
        await session.CallAsync(
            ObjectIds.ServerConfiguration, s_updateCertificate, [NodeId.Null, s_rsaSha256, next.Der, Array.Empty<byte[]?>(), "PEM", Encoding.ASCII.GetBytes(key.ExportPem())], Ct);
        var apply = session.CallAsync(ObjectIds.ServerConfiguration, s_applyChanges, [], Ct);
        await Task.Delay(delay, Ct);
        await _gateway!.KillAsync();
        await apply.ContinueWith(static _ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default); // answered or cut off: the kill decides
    }

    private async Task StartAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        _gateway = BuiltProgram.Find("deploy/demo-gateway", "demo-gateway").Start(
            "serve", "--name", "K", "--pki", Pki, "--port", "0", "--admin", "admin", "--admin-password-file", _folder.File("password"));
        _url = (await _gateway.WaitForLineAsync("ready ", s_patience, Ct))["ready ".Length..];
    }

    /// <summary>The certificate that is served, by a secure session, and the trusted ones.</summary>
    private async Task<(string Thumbprint, string[] Trusted)> StateAsync()
    {
        await using var session = await ConnectAsync();
        var file = ObjectIds.ServerDefaultApplicationGroupTrustList;
        var handle = (await session.CallAsync(file, MethodIds.FileTypeOpen, [(byte)1], Ct)).Get<uint>(0, "FileHandle");
        var content = (await session.CallAsync(file, MethodIds.FileTypeRead, [handle, 100_000], Ct)).Get<byte[]>(0, "Data");
        var trusted = TrustListContent.Decode(content).TrustedCertificates.Select(c => Convert.ToHexString(c!)).ToArray();
        return (ApplicationCertificate.Parse(CertificateChainBytes.Split(session.Endpoint!.ServerCertificate)[0]).Thumbprint, trusted);
    }

    private async Task<UaSession> ConnectAsync()
    {
        var endpoints = await Discovery.GetEndpointsAsync(_url, new DiscoveryOptions { Timeout = s_patience }, Ct);
        var shown = endpoints.Where(e => e.ServerCertificate is { Length: > 0 }).Select(e => CertificateChainBytes.Parse(e.ServerCertificate)[0]).Distinct();
        var trust = new PublishedTrustLists(new TrustLists(shown.Select(c => new TrustListCertificate(c, "the server")), [], [], []));
        return await UaSession.ConnectAsync(
            new SessionOptions
            {
                EndpointUrl = _url,
                Application = new ClientApplication("pusher", new FixedApplicationIdentity(_client)),
                ServerCertificates = new CertificateValidator(trust, new CertificateValidationOptions(), TimeProvider.System, NullLogger<CertificateValidator>.Instance),
                SecurityMode = MessageSecurityMode.SignAndEncrypt,
                User = UserIdentity.Named("admin", _password),
                ConnectTimeout = s_patience,
                RequestTimeout = s_patience,
            },
            Ct);
    }

    private static ApplicationCertificate SelfSigned(string uri, KeyPair key) =>
        SelfSignedCertificate.Create(uri, SubjectName.Build("Pushed"), ["localhost"], [], key, TimeSpan.FromDays(30), TimeProvider.System);
}

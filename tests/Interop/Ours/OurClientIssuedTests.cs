using Interop.Driving;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Client;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;

namespace Interop.Ours;

/// <summary>Our client and a foreign server whose certificates come from an authority, sent with their issuer.</summary>
public sealed class OurClientIssuedTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly PlantAuthority _authority = new("Plant CA");
    private PeerCertificate _serverCertificate = null!;
    private PeerCertificate _own = null!;
    private NodeServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _serverCertificate = _authority.Issue(_folder.FullPath, "server", "urn:localhost:interop:issued-server");
        _own = _authority.Issue(_folder.FullPath, "client", "urn:localhost:interop:issued-client");
        _authority.TrustIn(_folder.File("server-pki"));
        _server = await NodeServer.StartAsync(
            new()
            {
                PkiFolder = _folder.File("server-pki"),
                CertificateFile = _serverCertificate.CertificateFile,
                PrivateKeyFile = _serverCertificate.PrivateKeyFile,
                Policies = ["None", "Basic256Sha256", "Aes256_Sha256_RsaPss"],
                Users = new() { ["operator"] = "secret" },
            },
            Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, true)]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign, false)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, true)]
    public async Task Certificates_with_their_issuer_are_understood_on_both_sides(string policy, MessageSecurityMode mode, bool sendsChain)
    {
        await using var relay = new CuttableRelay(_server.Description.Port);
        await using var session = await UaSession.ConnectAsync(Options(policy, mode, sendsChain, relay.Port), Ct);
        var states = new StateLog();
        session.StateChanged += states.Add;
        (await session.ReadValueAsync<int>(VariableIds.ServerStatusState, Ct)).ShouldBe(0);
        await session.ChangeUserAsync(UserIdentity.Named("operator", "secret"), Ct);
        relay.Cut();
        await states.WaitForAsync(c => c.State == SessionState.Connected, 1, Ct);
        session.LastChange.IsSameSession.ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_whose_certificate_was_revoked_is_refused()
    {
        _authority.Revoke(_serverCertificate);
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(Options("Basic256Sha256", MessageSecurityMode.Sign, true, _server.Description.Port), Ct)))
            .StatusCode.ShouldBe(StatusCodes.BadCertificateRevoked);
    }

    private SessionOptions Options(string policy, MessageSecurityMode mode, bool sendsChain, int port)
    {
        var authority = ApplicationCertificate.Parse(_authority.Der);
        var own = new IdentityCertificate(ApplicationCertificate.Parse(_own.Der), KeyPair.ImportPem(File.ReadAllText(_own.PrivateKeyFile)), sendsChain ? [authority] : []);
        var trust = new TrustLists(
            [new TrustListCertificate(authority, "test")], [new TrustListCrl(CertificateRevocationList.Parse(_authority.Crl), "test")], [], []);
        return new SessionOptions
        {
            EndpointUrl = $"opc.tcp://127.0.0.1:{port}",
            Application = new ClientApplication("our client", new FixedApplicationIdentity(new ApplicationIdentity(own))),
            ServerCertificates = new CertificateValidator(
                new PublishedTrustLists(trust), new CertificateValidationOptions(), TimeProvider.System, NullLogger<CertificateValidator>.Instance),
            SecurityPolicyUri = SecurityPolicies.Prefix + policy,
            SecurityMode = mode,
            FirstReconnectDelay = TimeSpan.FromMilliseconds(100),
            LongestReconnectDelay = TimeSpan.FromMilliseconds(500),
        };
    }
}

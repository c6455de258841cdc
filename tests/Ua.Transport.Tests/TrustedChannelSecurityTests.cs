using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;

namespace Ua.Transport.Tests;

/// <summary>Channels judged by real trust lists.</summary>
public sealed class TrustedChannelSecurityTests
{
    private readonly PublishedTrustLists _trust = new();

    [Fact]
    public async Task A_client_is_let_in_from_the_moment_that_its_certificate_is_trusted_and_put_out_at_renewal_once_it_is_not()
    {
        await using var server = await TestServer.StartAsync();
        var security = Security();
        server.JudgeAsync = security.CheckClientAsync;
        server.Certificate = security.CurrentCertificate(SecurityPolicies.Basic256Sha256).ShouldNotBeNull();
        var options = server.OptionsFor(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);

        (await Should.ThrowAsync<UaException>(options.OpenAsync())).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
        Trust(TestKey.Of(2048, "a"));
        await using var channel = await options.OpenAsync();
        await channel.ShouldEchoAsync(10);

        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        _trust.Publish(TrustLists.Empty);
        await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt, SecurityPolicies.Basic256Sha256.CreateHandshake().LocalNonce));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public void A_policy_takes_the_own_certificate_that_fits_its_keys()
    {
        var security = Security();
        foreach (var policy in SecurityPolicies.All.Where(p => !p.IsNone))
        {
            var own = security.CurrentCertificate(policy).ShouldNotBeNull();
            own.Chain.ShouldBe(TestKey.Of(2048, "b").Der);
            own.Thumbprint.ShouldBe(TestKey.Of(2048, "b").Certificate.GetCertHash());
        }
    }

    private void Trust(TestKey key) => _trust.Publish(new TrustLists([new TrustListCertificate(ApplicationCertificate.Parse(key.Der), "test")], [], [], []));

    private TrustedChannelSecurity Security()
    {
        var key = TestKey.Of(2048, "b");
        var own = new IdentityCertificate(ApplicationCertificate.Parse(key.Der), KeyPair.ImportPem(key.Rsa.ExportPkcs8PrivateKeyPem()), []);
        var validator = new CertificateValidator(_trust, new CertificateValidationOptions(), TimeProvider.System, NullLogger<CertificateValidator>.Instance);
        return new TrustedChannelSecurity(new FixedApplicationIdentity(new ApplicationIdentity(own)), validator);
    }
}

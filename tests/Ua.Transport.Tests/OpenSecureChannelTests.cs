using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

public sealed class OpenSecureChannelTests
{
    private static readonly byte[] s_nonce = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public async Task A_channel_says_what_it_was_opened_with()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.OptionsFor(SecurityPolicies.Aes256Sha256RsaPss, MessageSecurityMode.Sign).OpenAsync();

        var channel = server.Channels.Open.ShouldHaveSingleItem();
        channel.Id.ShouldBe(client.Id);
        channel.SecurityPolicyUri.ShouldBe("http://opcfoundation.org/UA/SecurityPolicy#Aes256_Sha256_RsaPss");
        channel.SecurityMode.ShouldBe(MessageSecurityMode.Sign);
        channel.ClientCertificate.ShouldBe(TestKey.Of(2048, "a").Der);
        channel.ServerCertificate.ShouldBe(TestKey.Of(2048, "b").Der);
        channel.EndpointUrl.ShouldBe(server.Url);
        channel.RemoteEndPoint.ShouldNotBeNull();
        channel.Closed.IsCancellationRequested.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0u, 3_600_000u)]
    [InlineData(1u, 10_000u)]
    [InlineData(60_000u, 60_000u)]
    [InlineData(uint.MaxValue, 3_600_000u)]
    public async Task A_lifetime_is_revised_into_the_servers_range(uint requested, uint revised)
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, lifetime: requested);
        peer.Token.RevisedLifetime.ShouldBe(revised);
        peer.Token.ChannelId.ShouldNotBe(0u);
        peer.Token.TokenId.ShouldNotBe(0u);
    }

    [Fact]
    public async Task A_policy_that_is_not_offered_or_not_known_is_rejected()
    {
        await using var server = await TestServer.StartAsync(offers: [OfferedSecurity.None, new(SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign)]);
        await using var notOffered = await Open(server, SecurityPolicies.Aes256Sha256RsaPss, MessageSecurityMode.Sign);
        await notOffered.ShouldBeRefusedAsync(StatusCodes.BadSecurityPolicyRejected);

        await using var unknown = await ScriptedPeer.GreetedAsync(server);
        await unknown.SendAsync(ScriptedPeer.Raw("OPNF", [0, 0, 0, 0, .. Text("http://opcfoundation.org/UA/SecurityPolicy#Basic128Rsa15"), .. new byte[100]]));
        await unknown.ShouldBeRefusedAsync(StatusCodes.BadSecurityPolicyRejected);
        await server.ShouldHaveAsync(c => c is { OpenConnections: 0, RejectedChannels: 2 });
    }

    public static TheoryData<string, MessageSecurityMode> WrongModes => new()
    {
        { "None", MessageSecurityMode.Sign },
        { "None", MessageSecurityMode.SignAndEncrypt },
        { "None", MessageSecurityMode.Invalid },
        { "None", (MessageSecurityMode)99 },
        { "Basic256Sha256", MessageSecurityMode.None },
        { "Basic256Sha256", MessageSecurityMode.Invalid },
        { "Basic256Sha256", MessageSecurityMode.SignAndEncrypt },
        { "Basic256Sha256", (MessageSecurityMode)99 },
    };

    [Theory]
    [MemberData(nameof(WrongModes))]
    public async Task A_mode_that_is_not_offered_with_the_policy_is_rejected(string policy, MessageSecurityMode mode)
    {
        await using var server = await TestServer.StartAsync(offers: [OfferedSecurity.None, new(SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign)]);
        await using var peer = await Open(server, SecurityPolicies.All.Single(p => p.Name == policy), mode);
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityModeRejected);
    }

    [Fact]
    public async Task A_server_without_a_fitting_certificate_rejects_the_policy()
    {
        await using var server = await TestServer.StartAsync();
        var certificate = server.Certificate!.Chain;
        server.Certificate = null;
        await using var peer = await Open(server, SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign, serverCertificate: certificate);
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityPolicyRejected);
    }

    [Fact]
    public async Task A_request_made_for_another_servers_certificate_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await Open(server, SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign, serverCertificate: TestKey.Of(3072, "b").Der);
        await peer.ShouldBeRefusedAsync(StatusCodes.BadCertificateInvalid);
    }

    [Fact]
    public async Task A_certificate_without_its_key_is_refused_and_never_judged()
    {
        await using var server = await TestServer.StartAsync();
        var judged = false;
        server.Judge = _ =>
        {
            judged = true;
            return ClientVerdict.Accepted;
        };
        await using var peer = await Open(
            server, SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign, new OwnCertificate(TestKey.Of(2048, "a").Der, TestKey.Of(2048, "b").Rsa));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
        judged.ShouldBeFalse();
    }

    [Fact]
    public async Task An_untrusted_client_learns_nothing_a_trusted_one_learns_the_reason()
    {
        await using var server = await TestServer.StartAsync();
        server.Judge = _ => new(StatusCodes.BadCertificateUntrusted, StatusCodes.BadSecurityChecksFailed, "The certificate is in no list.");
        await using var stranger = await Open(server, SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign);
        (await stranger.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed)).ShouldBe("The security checks failed.");

        server.Judge = _ => new(StatusCodes.BadCertificateRevoked, StatusCodes.BadCertificateRevoked, "The certificate was revoked yesterday.");
        await using var known = await Open(server, SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign);
        (await known.ShouldBeRefusedAsync(StatusCodes.BadCertificateRevoked)).ShouldContain("yesterday");
    }

    [Fact]
    public async Task The_verdict_is_asked_with_the_chain_as_it_was_sent()
    {
        await using var server = await TestServer.StartAsync();
        ClientCertificate? asked = null;
        server.Judge = client =>
        {
            asked = client;
            return ClientVerdict.Accepted;
        };
        byte[] chain = [.. TestKey.Of(2048, "a").Der, .. TestKey.Of(3072, "a").Der];
        var options = server.OptionsFor(SecurityPolicies.Basic256Sha256, MessageSecurityMode.Sign) with { Certificate = new OwnCertificate(chain, TestKey.Of(2048, "a").Rsa) };
        await using var channel = await options.OpenAsync();
        await channel.ShouldEchoAsync(5);

        asked.ShouldNotBeNull().Chain.ShouldBe(chain);
        asked.Policy.ShouldBe(SecurityPolicies.Basic256Sha256);
        asked.IsRenewal.ShouldBeFalse();
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_or_used_is_refused_without_a_reason()
    {
        using var weak = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var start = DateTimeOffset.UnixEpoch;
        using var small = new CertificateRequest("CN=small", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(start, start.AddYears(99));
        using var elliptic = new CertificateRequest("CN=curve", curve, HashAlgorithmName.SHA256).CreateSelfSigned(start, start.AddYears(99));
        await using var server = await TestServer.StartAsync();
        byte[][] certificates = [[1, 2, 3], [0x30, 0x82, 0xFF, 0xFF], RandomNumberGenerator.GetBytes(1000), small.RawData, elliptic.RawData, []];
        foreach (var certificate in certificates)
        {
            await using var peer = await ScriptedPeer.GreetedAsync(server);
            byte[] header = [0, 0, 0, 0, .. Text(SecurityPolicies.Basic256Sha256.Uri), .. Bytes(certificate), .. Bytes(server.Certificate!.Thumbprint)];
            await peer.SendAsync(ScriptedPeer.Raw("OPNF", [.. header, .. new byte[256]]));
            (await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed)).ShouldNotContain("1024");
        }
    }

    [Fact]
    public async Task Headers_that_claim_more_than_they_have_are_refused()
    {
        await using var server = await TestServer.StartAsync();
        var policy = Text(SecurityPolicies.Basic256Sha256.Uri);
        (byte[] Header, StatusCode Status)[] cases =
        [
            ([], StatusCodes.BadDecodingError),
            ([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F], StatusCodes.BadEncodingLimitsExceeded),
            ([0, 0, 0, 0, .. Text(new string('x', 256))], StatusCodes.BadEncodingLimitsExceeded),
            ([0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF], StatusCodes.BadDecodingError),
            ([0, 0, 0, 0, .. policy, 0, 0, 1, 0], StatusCodes.BadDecodingError),
            ([0, 0, 0, 0, .. policy, 0xFF, 0xFF, 0xFF, 0x7F], StatusCodes.BadEncodingLimitsExceeded),
            ([0, 0, 0, 0, .. policy, .. Bytes([1]), 20, 0, 0, 0], StatusCodes.BadDecodingError),
            ([1, 0, 0, 0, .. policy, .. Bytes([1]), .. Bytes([1])], StatusCodes.BadTcpSecureChannelUnknown),
        ];
        foreach (var (header, status) in cases)
        {
            await using var peer = await ScriptedPeer.GreetedAsync(server);
            await peer.SendAsync(ScriptedPeer.Raw("OPNF", [.. header, .. header.Length == 0 ? new byte[1] : []]));
            await peer.ShouldBeRefusedAsync(status);
        }
    }

    [Fact]
    public async Task Ciphertext_that_is_not_ours_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        byte[] header = [0, 0, 0, 0, .. Text(SecurityPolicies.Basic256Sha256.Uri), .. Bytes(TestKey.Of(2048, "a").Der), .. Bytes(server.Certificate!.Thumbprint)];
        foreach (var length in new[] { 0, 1, 255, 256, 257, 512, 5120 })
        {
            await using var peer = await ScriptedPeer.GreetedAsync(server);
            await peer.SendAsync(ScriptedPeer.Raw("OPNF", [.. header, .. RandomNumberGenerator.GetBytes(length)]));
            await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
        }
    }

    [Fact]
    public async Task A_bad_nonce_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        byte[]?[] nonces = [null, [], new byte[32], RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(64)];
        foreach (var nonce in nonces)
        {
            await using var peer = await ScriptedPeer.GreetedAsync(server);
            peer.Use(SecurityPolicies.Basic256Sha256, server.Certificate!.Chain);
            await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Issue, MessageSecurityMode.Sign, nonce));
            await peer.ShouldBeRefusedAsync(StatusCodes.BadNonceInvalid);
        }

        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task The_first_request_cannot_renew_nor_be_another_service()
    {
        await using var server = await TestServer.StartAsync();
        await using var renewing = await ScriptedPeer.GreetedAsync(server);
        renewing.Use(SecurityPolicies.None, []);
        await renewing.SendAsync(renewing.OpenRequest(SecurityTokenRequestType.Renew, MessageSecurityMode.None, null));
        await renewing.ShouldBeRefusedAsync(StatusCodes.BadRequestTypeInvalid);

        await using var reading = await ScriptedPeer.GreetedAsync(server);
        reading.Use(SecurityPolicies.None, []);
        await reading.SendAsync(reading.OpenRequest(SecurityTokenRequestType.Issue, MessageSecurityMode.None, null, body: Echo.Request(1)));
        await reading.ShouldBeRefusedAsync(StatusCodes.BadTcpMessageTypeInvalid);
    }

    [Fact]
    public async Task A_request_in_several_chunks_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.GreetedAsync(server);
        await peer.SendAsync(ScriptedPeer.Raw("OPNC", new byte[100]));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadTcpMessageTypeInvalid);
    }

    [Fact]
    public async Task Policy_None_tolerates_a_nonce_and_empty_certificate_fields()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.GreetedAsync(server);
        peer.Use(SecurityPolicies.None, []);
        await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Issue, MessageSecurityMode.None, s_nonce));
        await peer.ReadAsync("OPN");
    }

    [Fact]
    public async Task New_channels_take_the_current_certificate_and_open_ones_keep_theirs()
    {
        await using var server = await TestServer.StartAsync();
        await using var old = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        server.Certificate = new OwnCertificate(TestKey.Of(4096, "b").Der, TestKey.Of(4096, "b").Rsa);
        await using var now = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);

        foreach (var peer in new[] { old, now })
        {
            await peer.RequestTokenAsync(SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt);
            await peer.SendAsync(Echo.Request(3));
            (await peer.ReadResponseAsync<ReadResponse>()).Results.Length.ShouldBe(1);
        }

        server.Channels.Open.Select(c => c.ServerCertificate!.Length).Distinct().Count().ShouldBe(2);
    }

    private static async Task<ScriptedPeer> Open(TestServer server, ISecurityPolicy policy, MessageSecurityMode mode, OwnCertificate? own = null, byte[]? serverCertificate = null)
    {
        var peer = await ScriptedPeer.GreetedAsync(server);
        peer.Use(policy, serverCertificate ?? server.Certificate!.Chain, own);
        await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Issue, mode, policy.IsNone ? null : s_nonce));
        return peer;
    }

    private static byte[] Text(string text) => Bytes(System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(byte[] bytes) => [.. BitConverter.GetBytes(bytes.Length), .. bytes];
}

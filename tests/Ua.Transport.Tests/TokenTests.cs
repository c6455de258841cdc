using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

public sealed class TokenTests
{
    private static readonly byte[] s_body = ServiceMessages.ToBytes(Echo.Request(20));

    [Theory]
    [InlineData(null)]
    [InlineData("Basic256Sha256")]
    [InlineData("Aes256_Sha256_RsaPss")]
    public async Task A_token_is_renewed_at_three_quarters_of_its_life_while_a_hundred_requests_are_in_flight(string? policyName)
    {
        var time = new FakeTimeProvider();
        var policy = SecurityPolicies.All.SingleOrDefault(p => p.Name == policyName);
        await using var server = await TestServer.StartAsync(o => o.SilentChannelTimeout = TimeSpan.FromDays(1), time);
        var gates = Enumerable.Range(0, 100).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var started = 0;
        server.Serve = async (_, request, _) =>
        {
            var number = (int)request.Header.RequestHandle - 1000;
            Interlocked.Increment(ref started);
            await gates[number].Task;
            return Echo.Answer(request);
        };
        var options = server.OptionsFor(policy, policy is null ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt);
        await using var channel = await (options with { Time = time, RequestedLifetime = TimeSpan.FromSeconds(60), RequestTimeout = TimeSpan.FromDays(1) }).OpenAsync();

        var requests = Enumerable.Range(0, 100)
            .Select(i => channel.SendAsync(Echo.Request(i * 10, RequestHeader.Empty with { RequestHandle = 1000 + (uint)i }), TestContext.Current.CancellationToken))
            .ToArray();
        await Conditions.ShouldBecomeTrueAsync(() => Volatile.Read(ref started) == 100);

        var tokens = new HashSet<uint> { channel.TokenId };
        for (var round = 0; round < 5; round++)
        {
            time.Advance(TimeSpan.FromSeconds(44));
            channel.TokenId.ShouldBe(tokens.Last());
            time.Advance(TimeSpan.FromSeconds(1));
            await Conditions.ShouldBecomeTrueAsync(() => !tokens.Contains(channel.TokenId));
            tokens.Add(channel.TokenId);

            // Some are answered after each renewal, last first. The client has sent nothing since its first token, so that the
            // answers come under the token before, or under the new one where that has expired.
            for (var i = 99 - round * 20; i > 79 - round * 20; i--)
            {
                gates[i].SetResult();
                (await requests[i]).Results[0].Value.Value!.ToString()!.Length.ShouldBeGreaterThanOrEqualTo(i * 10);
            }
        }

        requests.ShouldAllBe(r => r.IsCompletedSuccessfully);
        channel.Closed.IsCompleted.ShouldBeFalse();
        tokens.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_server_accepts_the_old_token_until_the_new_one_is_used()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        var old = peer.Conversation.Tokens.Newest;
        await peer.RequestTokenAsync(SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt);
        var renewed = peer.Conversation.Tokens.Newest;
        renewed.Id.ShouldNotBe(old.Id);

        await peer.SendAsync(peer.Chunk(s_body, token: old));
        (await TokenOfNextAsync(peer)).ShouldBe(old.Id, "the server goes on with the old token");
        await peer.SendAsync(peer.Chunk(s_body, token: renewed));
        (await TokenOfNextAsync(peer)).ShouldBe(renewed.Id, "the client has used the new token");
        await peer.SendAsync(peer.Chunk(s_body, token: old));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecureChannelTokenUnknown);
    }

    [Fact]
    public async Task A_token_is_good_for_five_quarters_of_its_life()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.SilentChannelTimeout = TimeSpan.FromDays(1), time);
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256, time, lifetime: 100_000);
        time.Advance(TimeSpan.FromSeconds(124));
        await peer.SendAsync(peer.Chunk(s_body));
        await peer.ReadResponseAsync<ReadResponse>();
        await time.AdvanceUntilAsync(peer.ShouldBeRefusedAsync(StatusCodes.BadSecureChannelTokenUnknown), atMost: TimeSpan.FromSeconds(80));
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task The_old_token_expires_on_its_own_although_the_new_one_is_not_used()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.SilentChannelTimeout = TimeSpan.FromDays(1), time);
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256, time, lifetime: 100_000);
        var old = peer.Conversation.Tokens.Newest;
        time.Advance(TimeSpan.FromSeconds(100));
        await peer.RequestTokenAsync(SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt, 100_000);
        time.Advance(TimeSpan.FromSeconds(26));
        await peer.SendAsync(peer.Chunk(s_body, token: old));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecureChannelTokenUnknown);
    }

    [Fact]
    public async Task A_renewal_that_was_never_used_gives_way_to_the_next()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        for (var i = 0; i < 5; i++) await peer.RequestTokenAsync(SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt);
        await peer.SendAsync(peer.Chunk(s_body));
        await peer.ReadResponseAsync<ReadResponse>();
    }

    [Fact]
    public async Task A_renewal_may_not_change_certificate_policy_or_mode()
    {
        await using var server = await TestServer.StartAsync();
        var other = new OwnCertificate(TestKey.Of(3072, "a").Der, TestKey.Of(3072, "a").Rsa);
        (Action<ScriptedPeer> Change, MessageSecurityMode Mode, StatusCode Status)[] cases =
        [
            (p => p.Use(SecurityPolicies.Basic256Sha256, server.Certificate!.Chain, other), MessageSecurityMode.SignAndEncrypt, StatusCodes.BadSecurityChecksFailed),
            (p => p.Use(SecurityPolicies.Aes128Sha256RsaOaep, server.Certificate!.Chain), MessageSecurityMode.SignAndEncrypt, StatusCodes.BadSecurityChecksFailed),
            (p => p.Use(SecurityPolicies.None, []), MessageSecurityMode.None, StatusCodes.BadSecurityChecksFailed),
            (p => p.Use(SecurityPolicies.Basic256Sha256, TestKey.Of(3072, "b").Der), MessageSecurityMode.SignAndEncrypt, StatusCodes.BadCertificateInvalid),
            (_ => { }, MessageSecurityMode.Sign, StatusCodes.BadSecurityModeRejected),
            (_ => { }, MessageSecurityMode.None, StatusCodes.BadSecurityModeRejected),
        ];
        foreach (var (change, mode, status) in cases)
        {
            await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
            change(peer);
            await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Renew, mode, RandomNumberGenerator.GetBytes(32)));
            await peer.ShouldBeRefusedAsync(status);
        }
    }

    [Fact]
    public async Task A_renewal_may_not_repeat_the_nonce()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.GreetedAsync(server);
        peer.Use(SecurityPolicies.Basic256Sha256, server.Certificate!.Chain);
        var nonce = RandomNumberGenerator.GetBytes(32);
        await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Issue, MessageSecurityMode.Sign, nonce));
        await peer.ReadAsync("OPN");
        peer.Conversation.Agree(server.Channels.Open[0].Id, MessageSecurityMode.Sign);
        await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Renew, MessageSecurityMode.Sign, nonce, requestId: 2));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadNonceInvalid);
    }

    [Fact]
    public async Task A_second_Issue_and_a_renewal_of_another_channel_are_refused()
    {
        await using var server = await TestServer.StartAsync();
        await using var issuing = await ScriptedPeer.OpenedAsync(server);
        await issuing.SendAsync(issuing.OpenRequest(SecurityTokenRequestType.Issue, MessageSecurityMode.None, null));
        await issuing.ShouldBeRefusedAsync(StatusCodes.BadRequestTypeInvalid);

        await using var wrong = await ScriptedPeer.OpenedAsync(server);
        wrong.Conversation.Agree(wrong.Conversation.ChannelId + 1, MessageSecurityMode.None);
        await wrong.SendAsync(wrong.OpenRequest(SecurityTokenRequestType.Renew, MessageSecurityMode.None, null));
        await wrong.ShouldBeRefusedAsync(StatusCodes.BadTcpSecureChannelUnknown);
    }

    [Fact]
    public async Task A_renewal_within_a_message_or_out_of_sequence_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        await using var within = await ScriptedPeer.OpenedAsync(server);
        await within.SendAsync(within.Chunk(s_body[..5], 'C'));
        await within.SendAsync(within.OpenRequest(SecurityTokenRequestType.Renew, MessageSecurityMode.None, null));
        await within.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);

        await using var skipping = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        skipping.Conversation.Outgoing.Next();
        await skipping.SendAsync(skipping.OpenRequest(SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt, RandomNumberGenerator.GetBytes(32)));
        await skipping.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task A_client_revoked_meanwhile_gets_no_new_token()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        server.Judge = client => client.IsRenewal ? new(StatusCodes.BadCertificateRevoked, StatusCodes.BadCertificateRevoked, "revoked") : ClientVerdict.Accepted;
        await peer.SendAsync(peer.OpenRequest(SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt, RandomNumberGenerator.GetBytes(32)));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadCertificateRevoked);
    }

    private static async Task<uint> TokenOfNextAsync(ScriptedPeer peer)
    {
        var bytes = await peer.ReadAsync("MSG");
        var token = BitConverter.ToUInt32(bytes, 12);
        peer.Conversation.Open(new Frame(bytes, bytes.Length, MessageTypes.Message), out _).Length.ShouldBeGreaterThan(0);
        return token;
    }
}

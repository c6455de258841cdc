using Microsoft.Extensions.Time.Testing;
using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>A client with an open channel, against servers that behave badly.</summary>
public sealed class ClientChannelTests
{
    [Fact]
    public async Task An_ERR_of_the_server_fails_all_that_waits_with_its_status()
    {
        var (server, client) = await ScriptedPeer.PairAsync();
        await using var _ = server;
        await using var channel = client;
        var waiting = Enumerable.Range(0, 10).Select(_ => channel.SendAsync(Echo.Request(1), CancellationToken.None)).ToArray();
        for (var i = 0; i < 10; i++) await server.ReadRequestAsync();
        await server.SendAsync(ScriptedPeer.Plain(MessageTypes.Error, new ErrorMessage(StatusCodes.BadCertificateRevoked, "revoked just now")));

        foreach (var each in waiting)
        {
            var error = await Should.ThrowAsync<UaException>(each);
            error.StatusCode.ShouldBe(StatusCodes.BadCertificateRevoked);
            error.Message.ShouldContain("revoked just now");
        }

        (await channel.Closed).StatusCode.ShouldBe(StatusCodes.BadCertificateRevoked);
        (await Should.ThrowAsync<UaException>(channel.SendAsync(Echo.Request(1), CancellationToken.None))).StatusCode.ShouldBe(StatusCodes.BadCertificateRevoked);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic256Sha256")]
    public async Task An_aborted_response_fails_its_request_only(string? policy)
    {
        var (server, client) = await ScriptedPeer.PairAsync(SecurityPolicies.All.SingleOrDefault(p => p.Name == policy));
        await using var _ = server;
        await using var channel = client;
        var aborted = channel.SendAsync(Echo.Request(1), CancellationToken.None);
        var (firstId, _) = await server.ReadRequestAsync();
        var answered = channel.SendAsync(Echo.Request(2), CancellationToken.None);
        var (secondId, request) = await server.ReadRequestAsync();
        await server.SendAsync(server.Chunk(new byte[100], 'C', firstId));
        await server.SendAsync(server.Chunk(UaWriter.ToBytes(new ErrorMessage(StatusCodes.BadResponseTooLarge, "too much")), 'A', firstId));
        await server.SendAsync(server.Chunk(ServiceMessages.ToBytes(Echo.Answer(request)), 'F', secondId));

        (await Should.ThrowAsync<UaException>(aborted)).StatusCode.ShouldBe(StatusCodes.BadResponseTooLarge);
        (await answered).Results.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_response_that_cannot_be_decoded_fails_its_request_only()
    {
        var (server, client) = await ScriptedPeer.PairAsync();
        await using var _ = server;
        await using var channel = client;
        byte[][] bodies = [[], [1, 2, 3], ServiceMessages.ToBytes(new CloseSecureChannelResponse(new ResponseHeader(DateTime.UnixEpoch, 1, StatusCodes.Good)))];
        foreach (var body in bodies)
        {
            var waiting = channel.SendAsync(Echo.Request(1), CancellationToken.None);
            var (id, _) = await server.ReadRequestAsync();
            await server.SendAsync(server.Chunk(body, 'F', id));
            var error = await Should.ThrowAsync<UaException>(waiting);
            error.StatusCode.ShouldBeOneOf(StatusCodes.BadDecodingError, StatusCodes.BadUnknownResponse);
        }

        channel.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_response_that_comes_too_late_is_dropped_and_the_channel_goes_on()
    {
        var time = new FakeTimeProvider();
        var (server, client) = await ScriptedPeer.PairAsync(time: time);
        await using var _ = server;
        await using var channel = client;
        var late = channel.SendAsync(Echo.Request(1, RequestHeader.Empty with { TimeoutHint = 5000 }), CancellationToken.None);
        var (id, request) = await server.ReadRequestAsync();
        request.Header.TimeoutHint.ShouldBe(5000u);
        time.Advance(TimeSpan.FromMilliseconds(4999));
        late.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await Should.ThrowAsync<UaException>(late)).StatusCode.ShouldBe(StatusCodes.BadTimeout);
        await server.SendAsync(server.Chunk(ServiceMessages.ToBytes(Echo.Answer(request)), 'F', id));

        var next = channel.SendAsync(Echo.Request(1), CancellationToken.None);
        var (nextId, nextRequest) = await server.ReadRequestAsync();
        await server.SendAsync(server.Chunk(ServiceMessages.ToBytes(Echo.Answer(nextRequest)), 'F', nextId));
        (await next).Results.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_can_be_cancelled_and_its_channel_goes_on()
    {
        await using var server = await TestServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Serve = async (_, request, _) =>
        {
            await gate.Task;
            return Echo.Answer(request);
        };
        await using var channel = await server.OptionsFor().OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var given = channel.SendAsync(Echo.Request(1), cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(given);
        gate.SetResult();
        await channel.ShouldEchoAsync(4);
    }

    public static TheoryData<string, string> BadChunks => new()
    {
        { "a request that was not made", nameof(StatusCodes.BadUnknownResponse) },
        { "another channel", nameof(StatusCodes.BadTcpSecureChannelUnknown) },
        { "another token", nameof(StatusCodes.BadSecureChannelTokenUnknown) },
        { "a replay", nameof(StatusCodes.BadSecurityChecksFailed) },
        { "a forgery", nameof(StatusCodes.BadSecurityChecksFailed) },
        { "a mixture", nameof(StatusCodes.BadSecurityChecksFailed) },
        { "HEL", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "a huge chunk", nameof(StatusCodes.BadTcpMessageTooLarge) },
        { "an unasked token", nameof(StatusCodes.BadSecurityChecksFailed) },
    };

    [Theory]
    [MemberData(nameof(BadChunks))]
    public async Task A_server_that_breaks_the_rules_loses_the_channel(string what, string expected)
    {
        var (server, client) = await ScriptedPeer.PairAsync(SecurityPolicies.Basic256Sha256);
        await using var _ = server;
        await using var channel = client;
        var waiting = new[] { channel.SendAsync(Echo.Request(1), CancellationToken.None), channel.SendAsync(Echo.Request(1), CancellationToken.None) };
        var (id, request) = await server.ReadRequestAsync();
        var (otherId, _) = await server.ReadRequestAsync();
        var body = ServiceMessages.ToBytes(Echo.Answer(request));
        var token = server.Conversation.Tokens.Newest;
        switch (what)
        {
            case "a request that was not made":
                await server.SendAsync(server.Chunk(body, 'F', otherId + 100));
                break;
            case "another channel":
                server.Conversation.Agree(78, MessageSecurityMode.SignAndEncrypt);
                await server.SendAsync(server.Chunk(body, 'F', id));
                break;
            case "another token":
                await server.SendAsync(server.Chunk(body, 'F', id, token: token with { Id = 99 }));
                break;
            case "a replay":
                var chunk = server.Chunk(body, 'F', id);
                await server.SendAsync([.. chunk, .. chunk]);
                break;
            case "a forgery":
                var forged = server.Chunk(body, 'F', id);
                forged[^1] ^= 1;
                await server.SendAsync(forged);
                break;
            case "a mixture":
                await server.SendAsync([.. server.Chunk(body[..4], 'C', id), .. server.Chunk(body, 'F', otherId)]);
                break;
            case "HEL":
                await server.SendAsync(ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello));
                break;
            case "a huge chunk":
                await server.SendAsync(ScriptedPeer.Raw("MSGF", new byte[16], size: 0x7FFFFFFF));
                break;
            default:
                await server.AnswerAsync(9, new OpenSecureChannelRequest(RequestHeader.Empty, 0, SecurityTokenRequestType.Renew, MessageSecurityMode.SignAndEncrypt, TestKey.Of(2048, "a").Der[..32], 1), 6, 1000);
                break;
        }

        (await channel.Closed).StatusCode.ShouldBe(Status.Of(expected));
        var outcomes = await Task.WhenAll(waiting.Select(async w => await Record.ExceptionAsync(() => w) as UaException));
        outcomes.Count(e => e?.StatusCode == Status.Of(expected)).ShouldBeGreaterThanOrEqualTo(what == "a replay" ? 1 : 2);
    }

    [Fact]
    public async Task A_response_over_the_clients_limits_ends_the_channel()
    {
        using var listener = ScriptedPeer.Listen();
        var opening = (ScriptedPeer.OptionsFor(listener) with { MaxMessageSize = 100_000 }).OpenAsync();
        await using var server = await ScriptedPeer.AcceptedAsync(listener);
        await server.AnswerOpenAsync(5, 100_000);
        await using var channel = await opening;
        var waiting = channel.SendAsync(Echo.Request(1), CancellationToken.None);
        var (id, _) = await server.ReadRequestAsync();
        await server.SendAsync([.. server.Chunk(new byte[60_000], 'C', id), .. server.Chunk(new byte[60_000], 'C', id)]);
        (await Should.ThrowAsync<UaException>(waiting)).StatusCode.ShouldBe(StatusCodes.BadTcpMessageTooLarge);
    }

    [Fact]
    public async Task A_request_larger_than_the_server_takes_is_not_sent()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxMessageSize = o.MaxMessageSizeWithoutSession = 10_000);
        await using var channel = await server.OptionsFor().OpenAsync();
        (await Should.ThrowAsync<UaException>(channel.SendAsync(Echo.Request(10_001), CancellationToken.None))).StatusCode.ShouldBe(StatusCodes.BadRequestTooLarge);
        await channel.ShouldEchoAsync(9000);
    }

    [Fact]
    public async Task A_renewal_that_is_not_answered_is_repeated_until_the_token_has_expired()
    {
        var time = new FakeTimeProvider();
        var (server, client) = await ScriptedPeer.PairAsync(SecurityPolicies.Basic256Sha256, time, lifetime: 100_000);
        await using var _ = server;
        await using var channel = client;
        var elapsed = await time.AdvanceUntilAsync(channel.Closed);
        elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(125));
        (await channel.Closed).StatusCode.ShouldBe(StatusCodes.BadSecureChannelTokenUnknown);
        for (var i = 0; i < 5; i++) server.TakeOpen(await server.ReadAsync("OPN")).Request.RequestType.ShouldBe(SecurityTokenRequestType.Renew);
    }

    [Fact]
    public async Task A_late_answer_to_a_repeated_renewal_does_no_harm()
    {
        var time = new FakeTimeProvider();
        var (server, client) = await ScriptedPeer.PairAsync(SecurityPolicies.Basic256Sha256, time, lifetime: 100_000);
        await using var _ = server;
        await using var channel = client;
        time.Advance(TimeSpan.FromSeconds(76));
        var (firstId, first) = server.TakeOpen(await server.ReadAsync("OPN"));
        var second = server.ReadAsync("OPN");
        await time.AdvanceUntilAsync(second);
        var (secondId, again) = server.TakeOpen(await second);
        await server.AnswerAsync(firstId, first, 6, 100_000);
        await server.AnswerAsync(secondId, again, 7, 100_000);
        await Conditions.ShouldBecomeTrueAsync(() => channel.TokenId == 7);

        var asking = channel.SendAsync(Echo.Request(1), CancellationToken.None);
        var (id, request) = await server.ReadRequestAsync();
        await server.SendAsync(server.Chunk(ServiceMessages.ToBytes(Echo.Answer(request)), 'F', id));
        await asking;
    }

    [Fact]
    public async Task Closing_says_CLO_and_fails_what_still_waits()
    {
        var (server, client) = await ScriptedPeer.PairAsync(SecurityPolicies.Basic256Sha256);
        await using var _ = server;
        var waiting = client.SendAsync(Echo.Request(1), CancellationToken.None);
        await server.ReadRequestAsync();
        await client.CloseAsync();
        var clo = await server.ReadAsync("CLO");
        var body = server.Conversation.Open(new Frame(clo, clo.Length, MessageTypes.Close), out uint _).ToArray();
        ServiceMessages.ReadRequest(body).Request.ShouldBeOfType<CloseSecureChannelRequest>();
        await server.ShouldBeClosedAsync();
        (await Should.ThrowAsync<UaException>(waiting)).StatusCode.ShouldBe(StatusCodes.BadSecureChannelClosed);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task A_thousand_requests_at_once_all_find_their_answer()
    {
        await using var server = await TestServer.StartAsync();
        server.Serve = async (_, request, _) =>
        {
            if (request.Header.RequestHandle % 3 == 0) await Task.Yield();
            return Echo.Answer(request);
        };
        await using var channel = await server.OptionsFor(SecurityPolicies.Aes128Sha256RsaOaep, MessageSecurityMode.SignAndEncrypt).OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => channel.ShouldEchoAsync(i * 13 % 3000))));
    }
}

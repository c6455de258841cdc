using System.Buffers.Binary;
using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>What a peer with an open channel can do wrong: each ends with the right error, and nothing is left behind.</summary>
public sealed class HostileMessageTests
{
    private static readonly byte[] s_body = ServiceMessages.ToBytes(Echo.Request(20));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task A_sequence_number_that_is_not_the_next_ends_the_channel(int step)
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        var chunk = peer.Chunk(s_body);
        var number = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(16));
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(16), (uint)(number - 1 + step));
        await peer.SendAsync(chunk);
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
        await server.ShouldBeEmptyAsync();
        server.Ended.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_replayed_chunk_ends_the_channel(bool isSecured)
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, isSecured ? SecurityPolicies.Aes128Sha256RsaOaep : null);
        var chunk = peer.Chunk(s_body);
        await peer.SendAsync(chunk);
        await peer.ReadResponseAsync<ReadResponse>();
        await peer.SendAsync(chunk);
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task A_changed_byte_anywhere_in_a_secured_chunk_ends_the_channel()
    {
        await using var server = await TestServer.StartAsync();
        for (var at = 8; at < 100; at += 9)
        {
            await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
            var chunk = peer.Chunk(s_body);
            chunk[at] ^= 0x10;
            await peer.SendAsync(chunk);
            await peer.ShouldBeRefusedAsync(at switch
            {
                < 12 => StatusCodes.BadTcpSecureChannelUnknown,
                < 16 => StatusCodes.BadSecureChannelTokenUnknown,
                _ => StatusCodes.BadSecurityChecksFailed,
            });
        }

        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task A_chunk_too_short_for_its_headers_or_signature_ends_the_channel()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var policy in new[] { null, SecurityPolicies.Basic256Sha256 })
        {
            foreach (var length in new[] { 1, 4, 8, 12, 15, 16, 20, 31, 48 })
            {
                await using var peer = await ScriptedPeer.OpenedAsync(server, policy);
                var chunk = peer.Chunk(s_body);
                if (policy is null && length > 15) continue;
                byte[] cut = ScriptedPeer.Raw("MSGF", chunk[8..(8 + length)]);
                await peer.SendAsync(cut);
                await peer.ShouldBeRefusedAsync(length < 16 ? StatusCodes.BadDecodingError : StatusCodes.BadSecurityChecksFailed);
            }
        }
    }

    [Fact]
    public async Task An_unknown_token_ends_the_channel()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        var token = peer.Conversation.Tokens.Newest;
        await peer.SendAsync(peer.Chunk(s_body, token: token with { Id = token.Id + 1 }));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecureChannelTokenUnknown);
    }

    [Fact]
    public async Task Another_channels_id_ends_the_channel()
    {
        await using var server = await TestServer.StartAsync();
        await using var other = await ScriptedPeer.OpenedAsync(server);
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        peer.Conversation.Agree(other.Conversation.ChannelId, MessageSecurityMode.None);
        await peer.SendAsync(peer.Chunk(s_body));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadTcpSecureChannelUnknown);
        await server.ShouldHaveAsync(c => c.OpenChannels == 1);
    }

    [Fact]
    public async Task Chunks_of_two_messages_may_not_mix()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        await peer.SendAsync(peer.Chunk(s_body[..10], 'C', requestId: 5));
        await peer.SendAsync(peer.Chunk(s_body, 'F', requestId: 6));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task A_message_of_too_many_chunks_ends_the_channel()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxChunkCount = 10);
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        for (var i = 0; i < 11; i++) await peer.SendAsync(peer.Chunk([1], 'C'));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadTcpMessageTooLarge);
    }

    [Fact]
    public async Task A_message_that_is_too_large_ends_the_channel()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxMessageSizeWithoutSession = 100_000);
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        await peer.SendAsync(peer.Chunk(new byte[60_000], 'C'));
        await peer.SendAsync(peer.Chunk(new byte[40_001], 'F'));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadTcpMessageTooLarge);
    }

    [Fact]
    public async Task A_channel_with_a_session_may_send_larger_messages()
    {
        await using var server = await TestServer.StartAsync(o => (o.MaxMessageSizeWithoutSession, o.MaxMessageSize) = (100_000, 200_000));
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        server.Channels.Open[0].HasSession = true;
        for (var i = 0; i < 3; i++) await peer.SendAsync(peer.Chunk(new byte[60_000], 'C'));
        await peer.SendAsync(peer.Chunk(new byte[20_001], 'F'));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadTcpMessageTooLarge);
    }

    [Fact]
    public async Task A_chunk_larger_than_the_buffer_is_refused_by_its_header()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        await peer.SendAsync(ScriptedPeer.Raw("MSGF", new byte[16], size: 65_536));
        await peer.ShouldBeRefusedAsync(StatusCodes.BadTcpMessageTooLarge);
    }

    public static TheoryData<string, string> WrongTypes => new()
    {
        { "HELF", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "ACKF", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "ERRF", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "RHEF", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "XXXF", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "MSGX", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "CLOC", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "OPNA", nameof(StatusCodes.BadTcpMessageTypeInvalid) },
    };

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public async Task A_message_type_that_does_not_belong_here_ends_the_channel(string type, string expected)
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        await peer.SendAsync(ScriptedPeer.Raw(type, new byte[50]));
        await peer.ShouldBeRefusedAsync(Status.Of(expected));
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task An_aborted_message_is_forgotten_and_the_channel_goes_on()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        var abort = UaWriter.ToBytes(new ErrorMessage(StatusCodes.BadRequestTooLarge, "never mind"));
        await peer.SendAsync(peer.Chunk(s_body[..10], 'C', requestId: 5));
        await peer.SendAsync(peer.Chunk(abort, 'A', requestId: 5));
        await peer.SendAsync(peer.Chunk(abort, 'A', requestId: 6));
        await peer.SendAsync(peer.Chunk(s_body, 'F', requestId: 7));
        (await peer.ReadResponseAsync<ReadResponse>()).Results.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_whose_last_chunk_never_comes_ends_the_channel_in_time()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => (o.MessageTimeout, o.SilentChannelTimeout) = (TimeSpan.FromSeconds(60), TimeSpan.FromHours(1)), time);
        await using var peer = await ScriptedPeer.OpenedAsync(server, time: time);
        await peer.SendAsync(peer.Chunk(s_body[..10], 'C'));
        await time.AdvanceUntilAsync(peer.ShouldBeRefusedAsync(StatusCodes.BadTimeout), atMost: TimeSpan.FromSeconds(320));
    }

    [Fact]
    public async Task A_chunk_that_trickles_in_does_not_hold_the_channel()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => (o.MessageTimeout, o.SilentChannelTimeout) = (TimeSpan.FromSeconds(60), TimeSpan.FromHours(1)), time);
        await using var peer = await ScriptedPeer.OpenedAsync(server, time: time);
        var refused = peer.ShouldBeRefusedAsync(StatusCodes.BadTimeout);
        await peer.TrickleAsync(peer.Chunk(new byte[200]), time, refused);
    }

    [Fact]
    public async Task A_channel_without_a_session_may_not_be_silent_for_long_and_one_with_a_session_may()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.SilentChannelTimeout = TimeSpan.FromSeconds(60), time);
        await using var silent = await ScriptedPeer.OpenedAsync(server, time: time);
        var silentId = silent.Token.ChannelId;
        await using var used = await ScriptedPeer.OpenedAsync(server, time: time);
        server.Channels.Open.Single(c => c.Id != silentId).HasSession = true;

        await time.AdvanceUntilAsync(silent.ShouldBeRefusedAsync(StatusCodes.BadSecureChannelClosed), atMost: TimeSpan.FromSeconds(320));
        await used.SendAsync(used.Chunk(s_body));
        await used.ReadResponseAsync<ReadResponse>();

        // Its session gone, it has a minute as well.
        server.Channels.Open.ShouldHaveSingleItem().HasSession = false;
        await time.AdvanceUntilAsync(used.ShouldBeRefusedAsync(StatusCodes.BadSecureChannelClosed), atMost: TimeSpan.FromSeconds(320));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_cannot_be_decoded_is_answered_and_the_channel_goes_on(bool isSecured)
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, isSecured ? SecurityPolicies.Aes256Sha256RsaPss : null);
        (byte[] Body, StatusCode Status)[] cases =
        [
            ([], StatusCodes.BadDecodingError),
            ([0xFF, 1, 2, 3], StatusCodes.BadDecodingError),
            ([0x01, 0x00, 0xFF, 0xFF], StatusCodes.BadServiceUnsupported),
            (s_body[..^1], StatusCodes.BadDecodingError),
            ([.. s_body, 0], StatusCodes.BadDecodingError),
            (ServiceMessages.ToBytes(new CloseSecureChannelRequest(RequestHeader.Empty)), StatusCodes.BadServiceUnsupported),
            (ServiceMessages.ToBytes(new OpenSecureChannelRequest(RequestHeader.Empty, 0, SecurityTokenRequestType.Issue, MessageSecurityMode.None, null, 1)), StatusCodes.BadServiceUnsupported),
        ];
        foreach (var (body, status) in cases)
        {
            await peer.SendAsync(peer.Chunk(body));
            var answer = await peer.ReadBodyAsync();
            Should.Throw<UaException>(() => ServiceMessages.ReadResponse<ReadResponse>(answer)).StatusCode.ShouldBe(status);
        }

        await peer.SendAsync(Echo.Request(3));
        await peer.ReadResponseAsync<ReadResponse>();
    }

    [Fact]
    public async Task CLO_closes_without_an_answer()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        var body = ServiceMessages.ToBytes(new CloseSecureChannelRequest(RequestHeader.Empty));
        await peer.SendAsync(peer.Chunk(body, type: MessageTypes.Close));
        await peer.ShouldBeClosedAsync();
        await server.ShouldBeEmptyAsync();
        server.Ended.ShouldHaveSingleItem().Closed.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_forged_CLO_is_an_error()
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        var chunk = peer.Chunk(ServiceMessages.ToBytes(new CloseSecureChannelRequest(RequestHeader.Empty)), type: MessageTypes.Close);
        chunk[^1] ^= 1;
        await peer.SendAsync(chunk);
        await peer.ShouldBeRefusedAsync(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task Random_bytes_after_every_step_never_hurt_the_server()
    {
        await using var server = await TestServer.StartAsync();
        var random = new Random(4711);
        for (var i = 0; i < 60; i++)
        {
            await using var peer = i % 3 == 0 ? await ScriptedPeer.ConnectAsync(server) : i % 3 == 1 ? await ScriptedPeer.GreetedAsync(server) : await ScriptedPeer.OpenedAsync(server);
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            var type = new[] { "HELF", "OPNF", "MSGF", "MSGC", "MSGA", "CLOF" }[i % 6];
            await peer.SendAsync(ScriptedPeer.Raw(type, noise));
            peer.CloseSending();
        }

        await server.ShouldBeEmptyAsync();
        await using var channel = await server.OptionsFor().OpenAsync();
        await channel.ShouldEchoAsync(1);
    }
}

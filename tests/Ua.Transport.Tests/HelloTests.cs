using Microsoft.Extensions.Time.Testing;
using Ua.Core;

namespace Ua.Transport.Tests;

public sealed class HelloTests
{
    [Fact]
    public async Task A_server_answers_with_buffers_no_larger_than_asked_for()
    {
        await using var server = await TestServer.StartAsync(o => o.SendBufferSize = 20_000);
        await using var peer = await ScriptedPeer.ConnectAsync(server);
        await peer.SendAsync(ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello with { ReceiveBufferSize = 100_000, SendBufferSize = 9000, ProtocolVersion = 5 }));

        var answer = UaReader.FromBytes<Acknowledge>((await peer.ReadAsync("ACK")).AsSpan(8));
        answer.ShouldBe(new Acknowledge(0, ReceiveBufferSize: 9000, SendBufferSize: 20_000, MaxMessageSize: 4 * 1024 * 1024, MaxChunkCount: 1024));
    }

    public static TheoryData<string, string> EndpointUrls => new()
    {
        { "", nameof(StatusCodes.BadTcpEndpointUrlInvalid) },
        { "no url", nameof(StatusCodes.BadTcpEndpointUrlInvalid) },
        { "opc.tcp://host:99999999", nameof(StatusCodes.BadTcpEndpointUrlInvalid) },
        { "opc.tcp://host/" + new string('x', 4096), nameof(StatusCodes.BadTcpEndpointUrlInvalid) },
        { "opc.tcp://host/" + new string('x', 9000), nameof(StatusCodes.BadTcpMessageTooLarge) },
        { "opc.tcp://quite.another.host:1/" + new string('x', 4000), nameof(StatusCodes.Good) },
    };

    [Theory]
    [MemberData(nameof(EndpointUrls))]
    public async Task An_EndpointUrl_must_be_one_and_not_too_long(string url, string expected)
    {
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(server);
        await peer.SendAsync(ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello with { EndpointUrl = url }));
        if (expected == nameof(StatusCodes.Good)) await peer.ReadAsync("ACK");
        else await peer.ShouldBeRefusedAsync(Status.Of(expected));
    }

    public static TheoryData<string, byte[], string> BadBeginnings => new()
    {
        { "garbage", "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC], nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "a message before HEL", ScriptedPeer.Raw("MSGF", new byte[100]), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "a channel before HEL", ScriptedPeer.Raw("OPNF", new byte[100]), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "ACK", ScriptedPeer.Plain(MessageTypes.Acknowledge, new Acknowledge(0, 65_535, 65_535, 0, 0)), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "ERR", ScriptedPeer.Plain(MessageTypes.Error, new ErrorMessage(StatusCodes.BadTimeout, "")), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "a reverse hello", ScriptedPeer.Plain(MessageTypes.ReverseHello, new ReverseHello("urn:x", "opc.tcp://x")), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "HEL in chunks", ScriptedPeer.Raw("HELC", new byte[24]), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "HEL without a chunk type", ScriptedPeer.Raw("HEL\0", new byte[24]), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "a size of nothing", ScriptedPeer.Raw("HELF", new byte[24], size: 0), nameof(StatusCodes.BadDecodingError) },
        { "a size of its header", ScriptedPeer.Raw("HELF", new byte[24], size: 8), nameof(StatusCodes.BadDecodingError) },
        { "a huge size", ScriptedPeer.Raw("HELF", new byte[24], size: uint.MaxValue), nameof(StatusCodes.BadTcpMessageTooLarge) },
        { "a size of 2 GB", ScriptedPeer.Raw("HELF", new byte[24], size: 0x7FFFFFFF), nameof(StatusCodes.BadTcpMessageTooLarge) },
        { "a cut body", ScriptedPeer.Raw("HELF", new byte[19]), nameof(StatusCodes.BadDecodingError) },
        { "a URL beyond the message", ScriptedPeer.Raw("HELF", [.. new byte[4], 255, 255, 0, 0, 255, 255, 0, 0, .. new byte[8], 200, 0, 0, 0]), nameof(StatusCodes.BadDecodingError) },
        { "small buffers", ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello with { ReceiveBufferSize = 8191 }), nameof(StatusCodes.BadConnectionRejected) },
        { "no buffers", ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello with { SendBufferSize = 0 }), nameof(StatusCodes.BadConnectionRejected) },
        {
            "HEL and a huge message in one segment",
            [.. ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello), .. ScriptedPeer.Raw("OPNF", new byte[24], size: 0x7FFFFFFF)],
            nameof(StatusCodes.BadTcpMessageTooLarge)
        },
        {
            "a second HEL",
            [.. ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello), .. ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello)],
            nameof(StatusCodes.BadTcpMessageTypeInvalid)
        },
        {
            "a message after HEL",
            [.. ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello), .. ScriptedPeer.Raw("MSGF", new byte[100])],
            nameof(StatusCodes.BadTcpMessageTypeInvalid)
        },
    };

    [Theory]
    [MemberData(nameof(BadBeginnings))]
    public async Task A_connection_that_begins_badly_ends_with_the_right_error(string what, byte[] bytes, string expected)
    {
        what.ShouldNotBeEmpty();
        await using var server = await TestServer.StartAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(server);
        await peer.SendAsync(bytes);
        await peer.ShouldBeRefusedAsync(Status.Of(expected));
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task The_error_reaches_a_client_that_is_still_sending()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await using var peer = await ScriptedPeer.ConnectAsync(server);
            await peer.SendAsync([.. "garbage!"u8, .. new byte[2_000_000]]);
            await peer.ShouldBeRefusedAsync(StatusCodes.BadTcpMessageTypeInvalid);
        }
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_in_time()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.HelloTimeout = TimeSpan.FromSeconds(10), time);
        await using var peer = await ScriptedPeer.ConnectAsync(server);

        var refused = peer.ShouldBeRefusedAsync(StatusCodes.BadTimeout);
        await time.AdvanceUntilAsync(refused, atMost: TimeSpan.FromSeconds(80));
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task A_HEL_that_trickles_in_byte_by_byte_does_not_hold_the_connection()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.HelloTimeout = TimeSpan.FromSeconds(10), time);
        await using var peer = await ScriptedPeer.ConnectAsync(server);
        var refused = peer.ShouldBeRefusedAsync(StatusCodes.BadTimeout);
        await peer.TrickleAsync(ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello), time, refused);
    }

    [Fact]
    public async Task A_client_that_opens_no_channel_is_closed_in_time()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.HandshakeTimeout = TimeSpan.FromSeconds(15), time);
        await using var peer = await ScriptedPeer.GreetedAsync(server);

        await time.AdvanceUntilAsync(peer.ShouldBeRefusedAsync(StatusCodes.BadTimeout), atMost: TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Connections_that_are_reset_or_left_at_any_point_leave_nothing_behind()
    {
        await using var server = await TestServer.StartAsync();
        var hello = ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello);
        for (var cut = 0; cut <= hello.Length; cut += 5)
        {
            var reset = await ScriptedPeer.ConnectAsync(server);
            await reset.SendAsync(hello[..cut]);
            reset.Reset();
            await using var left = await ScriptedPeer.ConnectAsync(server);
            await left.SendAsync(hello[..cut]);
            left.CloseSending();
        }

        await server.ShouldBeEmptyAsync();
        await using var channel = await server.OptionsFor().OpenAsync();
        await channel.ShouldEchoAsync(10);
    }
}

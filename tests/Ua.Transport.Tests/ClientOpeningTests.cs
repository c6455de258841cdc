using Microsoft.Extensions.Time.Testing;
using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>A client that opens a channel, to servers that may not want one or cannot.</summary>
public sealed class ClientOpeningTests
{
    [Fact]
    public async Task Where_nobody_listens_the_error_says_where()
    {
        using var listener = ScriptedPeer.Listen();
        var options = ScriptedPeer.OptionsFor(listener);
        listener.Dispose();
        var error = await Should.ThrowAsync<UaException>(options.OpenAsync());
        error.StatusCode.ShouldBe(StatusCodes.BadNotConnected);
        error.Message.ShouldContain(new Uri(options.EndpointUrl).Authority);
    }

    [Theory]
    [InlineData("http://localhost:1")]
    [InlineData("localhost:4840")]
    [InlineData("opc.tcp:")]
    [InlineData("")]
    public async Task Another_kind_of_url_is_refused(string url)
    {
        var error = await Should.ThrowAsync<UaException>(new ClientChannelOptions { EndpointUrl = url }.OpenAsync());
        error.StatusCode.ShouldBe(StatusCodes.BadTcpEndpointUrlInvalid);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_in_time()
    {
        var time = new FakeTimeProvider();
        using var listener = ScriptedPeer.Listen();
        var opening = (ScriptedPeer.OptionsFor(listener, time: time) with { ConnectTimeout = TimeSpan.FromSeconds(15) }).OpenAsync();
        await using var silent = await ScriptedPeer.AcceptAsync(listener);
        (await Should.ThrowAsync<UaException>(time.AdvanceUntilAsync(opening))).StatusCode.ShouldBe(StatusCodes.BadTimeout);
    }

    [Fact]
    public async Task Opening_can_be_cancelled()
    {
        using var listener = ScriptedPeer.Listen();
        using var cancellation = new CancellationTokenSource();
        var opening = ClientChannel.OpenAsync(ScriptedPeer.OptionsFor(listener), cancellation.Token);
        await using var silent = await ScriptedPeer.AcceptAsync(listener);
        await silent.ReadAsync("HEL");
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(opening);
        await silent.ShouldBeClosedAsync();
    }

    public static TheoryData<string, byte[], string> BadAnswersToHello => new()
    {
        { "ERR", ScriptedPeer.Plain(MessageTypes.Error, new ErrorMessage(StatusCodes.BadTcpServerTooBusy, "later")), nameof(StatusCodes.BadTcpServerTooBusy) },
        { "an ERR that is none", ScriptedPeer.Plain(MessageTypes.Error, new ErrorMessage(StatusCodes.Good, null)), nameof(StatusCodes.BadCommunicationError) },
        { "HTTP", "HTTP/1.1 400 Bad Request\r\n"u8.ToArray(), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "larger buffers", ScriptedPeer.Plain(MessageTypes.Acknowledge, ScriptedPeer.GoodAcknowledge with { SendBufferSize = 100_000 }), nameof(StatusCodes.BadConnectionRejected) },
        { "no buffers", ScriptedPeer.Plain(MessageTypes.Acknowledge, ScriptedPeer.GoodAcknowledge with { ReceiveBufferSize = 0 }), nameof(StatusCodes.BadConnectionRejected) },
        { "a huge ACK", ScriptedPeer.Raw("ACKF", new byte[20], size: 0x7FFFFFFF), nameof(StatusCodes.BadTcpMessageTooLarge) },
        { "a short ACK", ScriptedPeer.Raw("ACKF", new byte[10]), nameof(StatusCodes.BadDecodingError) },
        { "MSG", ScriptedPeer.Raw("MSGF", new byte[100]), nameof(StatusCodes.BadTcpMessageTypeInvalid) },
        { "nothing", [], nameof(StatusCodes.BadConnectionClosed) },
    };

    [Theory]
    [MemberData(nameof(BadAnswersToHello))]
    public async Task A_bad_answer_to_HEL_fails_the_opening(string what, byte[] answer, string expected)
    {
        what.ShouldNotBeEmpty();
        using var listener = ScriptedPeer.Listen();
        var opening = ScriptedPeer.OptionsFor(listener).OpenAsync();
        await using var server = await ScriptedPeer.AcceptAsync(listener);
        await server.ReadAsync("HEL");
        await server.SendAsync(answer);
        if (answer.Length == 0) server.CloseSending();
        (await Should.ThrowAsync<UaException>(opening)).StatusCode.ShouldBe(Status.Of(expected));
    }

    [Fact]
    public async Task A_server_that_answers_with_another_certificate_is_refused()
    {
        using var listener = ScriptedPeer.Listen();
        var opening = ScriptedPeer.OptionsFor(listener, SecurityPolicies.Basic256Sha256).OpenAsync();
        await using var server = await ScriptedPeer.AcceptedAsync(listener);
        var (requestId, request) = server.TakeOpen(await server.ReadAsync("OPN"));
        server.Impersonate(new OwnCertificate(TestKey.Of(3072, "b").Der, TestKey.Of(3072, "b").Rsa));
        await server.AnswerAsync(requestId, request, 5, 1000);
        (await Should.ThrowAsync<UaException>(opening)).StatusCode.ShouldBe(StatusCodes.BadCertificateInvalid);
    }

    [Fact]
    public async Task A_server_that_shows_a_certificate_without_its_key_is_refused()
    {
        using var listener = ScriptedPeer.Listen();
        var opening = ScriptedPeer.OptionsFor(listener, SecurityPolicies.Basic256Sha256).OpenAsync();
        await using var server = await ScriptedPeer.AcceptedAsync(listener);
        var (requestId, request) = server.TakeOpen(await server.ReadAsync("OPN"));
        server.Impersonate(new OwnCertificate(TestKey.Of(2048, "b").Der, TestKey.Of(2048, "a").Rsa));
        await server.AnswerAsync(requestId, request, 5, 1000);
        (await Should.ThrowAsync<UaException>(opening)).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task A_token_that_cannot_be_used_is_refused()
    {
        Func<OpenSecureChannelResponse, IServiceMessage>[] changes =
        [
            r => r with { SecurityToken = r.SecurityToken with { ChannelId = 78 } },
            r => r with { SecurityToken = r.SecurityToken with { RevisedLifetime = 0 } },
            r => r with { ServerNonce = null },
            r => r with { ServerNonce = new byte[32] },
            r => new ServiceFault(r.Header with { ServiceResult = StatusCodes.BadUserAccessDenied }),
            r => new ReadResponse(r.Header, [], []),
        ];
        foreach (var change in changes)
        {
            using var listener = ScriptedPeer.Listen();
            var opening = ScriptedPeer.OptionsFor(listener, SecurityPolicies.Basic256Sha256).OpenAsync();
            await using var server = await ScriptedPeer.AcceptedAsync(listener);
            await server.AnswerOpenAsync(5, 1000, change);
            await Should.ThrowAsync<UaException>(opening);
        }
    }

    [Fact]
    public async Task A_host_name_is_looked_up()
    {
        await using var server = await TestServer.StartAsync();
        await using var channel = await (server.OptionsFor() with { EndpointUrl = $"opc.tcp://localhost:{server.Endpoint.BoundAddress.Port}/path" }).OpenAsync();
        await channel.ShouldEchoAsync(3);
    }
}

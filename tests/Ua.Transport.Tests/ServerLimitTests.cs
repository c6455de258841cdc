using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

public sealed class ServerLimitTests
{
    [Fact]
    public async Task The_oldest_channel_without_a_session_makes_room_for_a_new_one()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxChannels = 3);
        await using var withSession = await ScriptedPeer.OpenedAsync(server);
        server.Channels.Open.ShouldHaveSingleItem().HasSession = true;
        await using var oldest = await ScriptedPeer.OpenedAsync(server);
        await using var younger = await ScriptedPeer.OpenedAsync(server);
        await using var newest = await ScriptedPeer.OpenedAsync(server);

        await oldest.ShouldBeRefusedAsync(StatusCodes.BadTcpNotEnoughResources);
        foreach (var peer in new[] { withSession, younger, newest })
        {
            await peer.SendAsync(Echo.Request(1));
            await peer.ReadResponseAsync<ReadResponse>();
        }

        server.Channels.Counts.DroppedChannels.ShouldBe(1);
    }

    [Fact]
    public async Task Where_every_channel_has_a_session_a_new_one_is_refused()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxChannels = 2);
        await using var one = await ScriptedPeer.OpenedAsync(server);
        await using var two = await ScriptedPeer.OpenedAsync(server);
        foreach (var channel in server.Channels.Open) channel.HasSession = true;

        await using var three = await ScriptedPeer.GreetedAsync(server);
        three.Use(SecurityPolicies.None, []);
        await three.SendAsync(three.OpenRequest(SecurityTokenRequestType.Issue, MessageSecurityMode.None, null));
        await three.ShouldBeRefusedAsync(StatusCodes.BadTcpNotEnoughResources);
        server.Channels.Counts.OpenChannels.ShouldBe(2);
        server.Channels.Counts.RejectedChannels.ShouldBe(1);
    }

    [Fact]
    public async Task The_oldest_connection_without_a_channel_makes_room_and_one_with_a_channel_does_not()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxConnections = 3);
        await using var open = await ScriptedPeer.OpenedAsync(server);
        await using var silent = await ScriptedPeer.ConnectAsync(server);
        await server.ShouldHaveAsync(c => c.OpenConnections == 2);
        await using var open2 = await ScriptedPeer.OpenedAsync(server);
        await using var open3 = await ScriptedPeer.OpenedAsync(server);
        await silent.ShouldBeRefusedAsync(StatusCodes.BadTcpServerTooBusy);

        await using var turnedAway = await ScriptedPeer.ConnectAsync(server);
        await turnedAway.ShouldBeRefusedAsync(StatusCodes.BadTcpServerTooBusy);
        server.Channels.Counts.OpenChannels.ShouldBe(3);
        server.Channels.Counts.RejectedConnections.ShouldBe(2);
    }

    [Fact]
    public async Task Strangers_take_no_more_connections_than_theirs_however_many_there_may_be()
    {
        await using var server = await TestServer.StartAsync(o => (o.MaxConnections, o.MaxConnectionsWithoutSession) = (100, 2));
        await using var known = await ScriptedPeer.OpenedAsync(server);
        server.Channels.Open.ShouldHaveSingleItem().HasSession = true;
        await using var oldest = await ScriptedPeer.OpenedAsync(server);
        await using var younger = await ScriptedPeer.OpenedAsync(server);
        await using var newest = await ScriptedPeer.OpenedAsync(server);

        await oldest.ShouldBeRefusedAsync(StatusCodes.BadTcpServerTooBusy);
        foreach (var peer in new[] { known, younger, newest })
        {
            await peer.SendAsync(Echo.Request(1));
            await peer.ReadResponseAsync<ReadResponse>();
        }
    }

    [Fact]
    public async Task Channels_chosen_by_the_owner_are_closed_with_a_reason_and_the_others_stay()
    {
        await using var server = await TestServer.StartAsync();
        await using var secured = await ScriptedPeer.OpenedAsync(server, SecurityPolicies.Basic256Sha256);
        await using var plain = await ScriptedPeer.OpenedAsync(server);

        server.Channels.Abort(c => c.ClientCertificate is not null, StatusCodes.BadCertificateRevoked, "The certificate was revoked.").ShouldBe(1);
        (await secured.ShouldBeRefusedAsync(StatusCodes.BadCertificateRevoked)).ShouldBe("The certificate was revoked.");
        await plain.SendAsync(Echo.Request(1));
        await plain.ReadResponseAsync<ReadResponse>();
        server.Ended.ShouldHaveSingleItem().ClientCertificate.ShouldNotBeNull();
    }

    [Fact]
    public async Task Requests_are_answered_as_they_finish()
    {
        await using var server = await TestServer.StartAsync();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Serve = async (_, request, _) =>
        {
            if (request.Header.RequestHandle == 1) await first.Task;
            return Echo.Answer(request);
        };
        await using var channel = await server.OptionsFor().OpenAsync();
        var slow = channel.SendAsync(Echo.Request(1, RequestHeader.Empty with { RequestHandle = 1 }), CancellationToken.None);
        for (var i = 2u; i < 20; i++) await channel.SendAsync(Echo.Request(1, RequestHeader.Empty with { RequestHandle = i }), CancellationToken.None);

        slow.IsCompleted.ShouldBeFalse();
        first.SetResult();
        (await slow).Header.RequestHandle.ShouldBe(1u);
    }

    [Fact]
    public async Task A_channel_gets_no_more_requests_than_it_may_have_until_one_is_answered()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxRequestsInFlight = 5);
        var (running, most, done) = (0, 0, 0);
        using var gate = new SemaphoreSlim(0);
        server.Serve = async (_, request, cancellation) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await gate.WaitAsync(cancellation);
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref done);
            return Echo.Answer(request);
        };
        await using var channel = await server.OptionsFor().OpenAsync();
        var requests = Enumerable.Range(0, 50).Select(_ => channel.SendAsync(Echo.Request(1), CancellationToken.None)).ToArray();
        await Conditions.ShouldBecomeTrueAsync(() => Volatile.Read(ref running) == 5);
        gate.Release(50);
        await Task.WhenAll(requests);

        most.ShouldBe(5);
        done.ShouldBe(50);
    }

    [Fact]
    public async Task Requests_under_way_are_cancelled_when_their_channel_ends()
    {
        await using var server = await TestServer.StartAsync();
        var (running, cancelled) = (0, 0);
        server.Serve = async (_, _, cancellation) =>
        {
            Interlocked.Increment(ref running);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                Interlocked.Increment(ref cancelled);
            }

            throw new InvalidOperationException();
        };
        var peer = await ScriptedPeer.OpenedAsync(server);
        for (var i = 0u; i < 10; i++) await peer.SendAsync(Echo.Request(1), requestId: i + 2);
        await Conditions.ShouldBecomeTrueAsync(() => Volatile.Read(ref running) == 10);
        await peer.DisposeAsync();
        await Conditions.ShouldBecomeTrueAsync(() => Volatile.Read(ref cancelled) == 10);
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task A_response_that_is_too_large_becomes_a_fault()
    {
        await using var server = await TestServer.StartAsync();
        server.Serve = (_, request, _) => Task.FromResult<IServiceResponse>(
            new ReadResponse(new ResponseHeader(DateTime.UnixEpoch, request.Header.RequestHandle, StatusCodes.Good), [new DataValue(new byte[50_000])], []));
        foreach (var limit in new[] { (49_000, 100), (100_000, 5) })
        {
            await using var channel = await (server.OptionsFor() with { ReceiveBufferSize = 8192, MaxMessageSize = limit.Item1, MaxChunkCount = limit.Item2 }).OpenAsync();
            for (var i = 0; i < 3; i++)
                (await Should.ThrowAsync<UaException>(channel.SendAsync(Echo.Request(1), CancellationToken.None))).StatusCode.ShouldBe(StatusCodes.BadResponseTooLarge);
        }
    }

    [Fact]
    public async Task An_error_of_the_services_becomes_a_fault_that_tells_nothing_of_the_inside()
    {
        await using var server = await TestServer.StartAsync();
        await using var channel = await server.OptionsFor().OpenAsync();
        server.Serve = (_, _, _) => throw new InvalidOperationException("the secret inside");
        var error = await Should.ThrowAsync<UaException>(channel.SendAsync(Echo.Request(1), CancellationToken.None));
        error.StatusCode.ShouldBe(StatusCodes.BadInternalError);
        error.ToString().ShouldNotContain("secret");
        server.Log.Errors.ShouldHaveSingleItem().ShouldContain("the secret inside");
        server.Log.Errors.Clear();

        server.Serve = (_, _, _) => Task.FromException<IServiceResponse>(new UaException(StatusCodes.BadNothingToDo, "Nothing was asked."));
        (await Should.ThrowAsync<UaException>(channel.SendAsync(Echo.Request(1), CancellationToken.None))).StatusCode.ShouldBe(StatusCodes.BadNothingToDo);
    }

    [Fact]
    public async Task A_client_that_does_not_take_its_answers_is_dropped_in_time()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => (o.SendTimeout, o.SilentChannelTimeout) = (TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)), time);
        server.Serve = (_, request, _) => Task.FromResult<IServiceResponse>(
            new ReadResponse(new ResponseHeader(DateTime.UnixEpoch, request.Header.RequestHandle, StatusCodes.Good), [new DataValue(new byte[3_000_000])], []));
        await using var peer = await ScriptedPeer.OpenedAsync(server, time: time);
        for (var i = 0u; i < 20; i++) await peer.SendAsync(Echo.Request(1), requestId: i + 2);

        var gone = server.ShouldBeEmptyAsync();
        await time.AdvanceUntilAsync(gone, atMost: TimeSpan.FromSeconds(480));
    }

    [Fact]
    public async Task A_server_that_stops_says_so_to_its_clients()
    {
        await using var server = await TestServer.StartAsync();
        await using var channel = await server.OptionsFor().OpenAsync();
        await server.StopAsync();
        (await channel.Closed).StatusCode.ShouldBe(StatusCodes.BadShutdown);
    }

    [Fact]
    public void Options_that_cannot_work_are_named()
    {
        Should.Throw<InvalidOperationException>(() => new UaTcpOptions { ReceiveBufferSize = 8191 }.Validate()).Message.ShouldContain("ReceiveBufferSize");
        Should.Throw<InvalidOperationException>(() => new UaTcpOptions { MaxChannels = 0 }.Validate()).Message.ShouldContain("MaxChannels");
        Should.Throw<InvalidOperationException>(() => new UaTcpOptions { HelloTimeout = TimeSpan.Zero }.Validate()).Message.ShouldContain("HelloTimeout");
        Should.Throw<InvalidOperationException>(() => new UaTcpOptions { MaxChannelLifetime = TimeSpan.FromSeconds(1) }.Validate()).Message.ShouldContain("MaxChannelLifetime");
        new UaTcpOptions().Validate();
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target)) Interlocked.CompareExchange(ref target, value, seen);
    }
}

using TestKit;
using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Client.Tests.Sessions;

/// <summary>What a session does when its connection is lost.</summary>
public sealed class ReconnectingTests : IAsyncLifetime
{
    private OwnServer _server = null!;
    private CuttableRelay _relay = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await OwnServer.StartAsync();
        _relay = new CuttableRelay(_server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_same_session_is_taken_up_on_a_new_channel()
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        var id = session.SessionId;
        for (var cut = 1; cut <= 3; cut++)
        {
            _relay.Cut();
            (await states.ConnectedAsync(cut)).IsSameSession.ShouldBeTrue();
            session.SessionId.ShouldBe(id);
            (await session.ReadValueAsync<int>(VariableIds.ServerStatusState)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_session_that_the_server_has_dropped_is_replaced()
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        var id = session.SessionId;
        NodeId? dropped = null;
        _server.Tamper = async (request, honest) =>
        {
            if (request is not ActivateSessionRequest || (dropped ??= request.Header.AuthenticationToken) != request.Header.AuthenticationToken) return await honest();
            return ServiceFault.Of(new UaException(StatusCodes.BadSessionIdInvalid), request.Header.RequestHandle, DateTime.MinValue);
        };
        _relay.Cut();
        (await states.ConnectedAsync()).IsSameSession.ShouldBeFalse();
        session.SessionId.ShouldNotBe(id);
    }

    [Fact]
    public async Task A_service_that_does_not_know_the_session_any_more_leads_to_a_new_one()
    {
        await using var session = await _server.ConnectAsync();
        var states = new StateLog(session);
        var refused = 0;
        _server.Tamper = async (request, honest) =>
            (request is BrowseRequest && refused++ == 0) || (request is ActivateSessionRequest && refused is > 0 and < 3 && refused++ < 2)
                ? ServiceFault.Of(new UaException(StatusCodes.BadSessionIdInvalid), request.Header.RequestHandle, DateTime.MinValue)
                : await honest();
        (await Should.ThrowAsync<UaException>(session.BrowseAsync(ObjectIds.RootFolder))).StatusCode.ShouldBe(StatusCodes.BadSessionIdInvalid);
        await states.ConnectedAsync();
        (await session.BrowseAsync(ObjectIds.RootFolder)).Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_call_on_its_way_fails_and_the_next_waits_for_the_connection()
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        var states = new StateLog(session);
        var arrived = new TaskCompletionSource();
        _server.Tamper = async (request, honest) =>
        {
            if (request is not BrowseRequest) return await honest();
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await honest();
        };
        var browse = session.BrowseAsync(ObjectIds.RootFolder);
        await arrived.Task;
        _relay.Block();
        (await Should.ThrowAsync<UaException>(browse)).StatusCode.ShouldBeOneOf(StatusCodes.BadConnectionClosed, StatusCodes.BadSecureChannelClosed);
        await states.WaitForAsync(c => c.State == SessionState.Reconnecting, 2);
        var read = session.ReadValueAsync<int>(VariableIds.ServerStatusState);
        read.IsCompleted.ShouldBeFalse();
        _relay.LetThrough();
        (await read).ShouldBe(0);
    }

    [Fact]
    public async Task A_call_does_not_wait_for_a_connection_forever()
    {
        var options = _server.Options("Basic256Sha256", MessageSecurityMode.Sign, port: _relay.Port);
        await using var session = await UaSession.ConnectAsync(new SessionOptions
        {
            EndpointUrl = options.EndpointUrl,
            Application = options.Application,
            ServerCertificates = options.ServerCertificates,
            RequestTimeout = TimeSpan.FromMilliseconds(300),
            FirstReconnectDelay = options.FirstReconnectDelay,
            LongestReconnectDelay = options.LongestReconnectDelay,
        });
        var states = new StateLog(session);
        _relay.Block();
        await states.WaitForAsync(c => c.State == SessionState.Reconnecting);
        (await Should.ThrowAsync<UaException>(session.ReadValueAsync<int>(VariableIds.ServerStatusState))).StatusCode.ShouldBe(StatusCodes.BadServerNotConnected);
    }

    [Fact]
    public async Task A_server_that_no_longer_answers_is_noticed_by_the_keep_alive()
    {
        var options = _server.Options("Basic256Sha256", MessageSecurityMode.Sign);
        await using var session = await UaSession.ConnectAsync(new SessionOptions
        {
            EndpointUrl = options.EndpointUrl,
            Application = options.Application,
            ServerCertificates = options.ServerCertificates,
            KeepAliveInterval = TimeSpan.FromMilliseconds(100),
            RequestTimeout = TimeSpan.FromMilliseconds(400),
            FirstReconnectDelay = options.FirstReconnectDelay,
            LongestReconnectDelay = options.LongestReconnectDelay,
        });
        var states = new StateLog(session);
        var silent = true;
        _server.Tamper = async (request, honest) =>
        {
            if (silent && request is ReadRequest) await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await honest();
        };
        (await states.WaitForAsync(c => c.State == SessionState.Reconnecting)).Reason!.StatusCode.ShouldBe(StatusCodes.BadTimeout);
        silent = false;
        (await states.ConnectedAsync()).IsSameSession.ShouldBeTrue();
    }

    [Fact]
    public async Task A_renewed_own_certificate_is_used_from_the_next_connection_on()
    {
        var options = _server.Options("Basic256Sha256", MessageSecurityMode.Sign, port: _relay.Port);
        await using var session = await UaSession.ConnectAsync(options);
        var states = new StateLog(session);
        var renewed = TestPeer.Client();
        _server.Trust.Publish(TestPeer.Trusting(renewed));
        ((FixedApplicationIdentity)options.Application.Identity!).Replace(renewed.AsIdentity());
        _relay.Cut();

        // The server refuses the old session under another certificate (Part 4, 5.7.3), so it is a new one.
        (await states.ConnectedAsync()).IsSameSession.ShouldBeFalse();
        (await session.ReadValueAsync<int>(VariableIds.ServerStatusState)).ShouldBe(0);
    }

    [Fact]
    public async Task A_session_can_be_closed_while_its_connection_is_being_made_again()
    {
        for (var round = 0; round < 5; round++)
        {
            var session = await _server.ConnectAsync(_relay.Port);
            var states = new StateLog(session);
            _relay.Block();
            await states.WaitForAsync(c => c.State == SessionState.Reconnecting);
            if (round % 2 == 0) _relay.LetThrough();
            await session.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            session.State.ShouldBe(SessionState.Closed);
            _relay.LetThrough();
        }
    }

    [Fact]
    public async Task A_handler_that_fails_does_not_stop_the_session()
    {
        await using var session = await _server.ConnectAsync(_relay.Port);
        session.StateChanged += _ => throw new InvalidOperationException("A handler of the test fails.");
        var states = new StateLog(session);
        _relay.Cut();
        await states.ConnectedAsync();
        (await session.ReadValueAsync<int>(VariableIds.ServerStatusState)).ShouldBe(0);
    }
}

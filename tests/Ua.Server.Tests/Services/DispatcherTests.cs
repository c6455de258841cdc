using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Nodes;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Services;

/// <summary>What holds for every service: faults, limits, diagnostics, timeouts, cancellation.</summary>
public sealed class DispatcherTests
{
    private static readonly NodeId s_method = new("Do", 1);

    private static ReadRequest Read(TestSession session, params ReadValueId[] nodes) => new(session.Header(), 0, TimestampsToReturn.Both, nodes);

    /// <summary>A session on a server with one method that does what a test says.</summary>
    private static async Task<(TestServer Server, TestSession Session)> WithMethodAsync(MethodHandler handler)
    {
        var server = await TestServer.StartAsync();
        var plant = new Plant(server);
        server.Space.AddMethod(Plant.Folder, s_method, new QualifiedName("Do", 1), [], [], handler);
        return (server, await server.ConnectAsync());
    }

    private static CallRequest Call(RequestHeader header) => new(header, [new CallMethodRequest(Plant.Folder, s_method, [])]);

    [Fact]
    public async Task Services_that_are_not_here_are_unsupported()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        (await session.FailAsync(new FindServersOnNetworkRequest(session.Header(), 0, 0, []))).ShouldBe(StatusCodes.BadServiceUnsupported);
        (await session.FailAsync(new RegisterServerRequest(session.Header(), new RegisteredServer(null, null, [], ApplicationType.Server, null, [], null, true)))).ShouldBe(StatusCodes.BadServiceUnsupported);
    }

    [Fact]
    public async Task A_request_without_operations_or_with_too_many_fails_as_a_whole()
    {
        await using var server = await TestServer.StartAsync(o => o.Operations = new OperationLimits { MaxNodesPerRead = 2, MaxNodesPerBrowse = 1, MaxNodesPerMethodCall = 1 });
        var session = await server.ConnectAsync();
        var node = new ReadValueId(new NodeId(2258), 13);
        (await session.FailAsync(Read(session))).ShouldBe(StatusCodes.BadNothingToDo);
        (await session.FailAsync(Read(session, node, node, node))).ShouldBe(StatusCodes.BadTooManyOperations);
        (await session.SendAsync<ReadResponse>(Read(session, node, node))).Results.Length.ShouldBe(2);
        (await session.FailAsync(new CallRequest(session.Header(), []))).ShouldBe(StatusCodes.BadNothingToDo);
        (await session.FailAsync(new WriteRequest(session.Header(), []))).ShouldBe(StatusCodes.BadNothingToDo);
        (await session.FailAsync(new DeleteSubscriptionsRequest(session.Header(), []))).ShouldBe(StatusCodes.BadNothingToDo);
        (await session.ReadAsync(new NodeId(11705))).Value.Value.ShouldBe(2u);
    }

    [Fact]
    public async Task Wrong_parameters_of_a_read_fail_as_a_whole()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        ReadValueId[] nodes = [new(new NodeId(2258), 13)];
        (await session.FailAsync(new ReadRequest(session.Header(), -1, TimestampsToReturn.Both, nodes))).ShouldBe(StatusCodes.BadMaxAgeInvalid);
        (await session.FailAsync(new ReadRequest(session.Header(), 0, (TimestampsToReturn)4, nodes))).ShouldBe(StatusCodes.BadTimestampsToReturnInvalid);
    }

    [Fact]
    public async Task Diagnostics_are_given_as_far_as_they_are_asked_for()
    {
        var (server, session) = await WithMethodAsync((_, _) => throw new UaException(StatusCodes.BadInvalidState, "It is not ready yet."));
        await using var s = server;
        var silent = await session.SendAsync<CallResponse>(Call(session.Header()));
        silent.DiagnosticInfos.ShouldBeEmpty();
        silent.Header.StringTable.ShouldBeNull();

        var asked = await session.SendAsync<CallResponse>(Call(session.Header(diagnostics: 0x20 | 0x40 | 0x80)));
        asked.Results.ShouldHaveSingleItem().StatusCode.ShouldBe(StatusCodes.BadInvalidState);
        var info = asked.DiagnosticInfos.ShouldHaveSingleItem();
        asked.Header.StringTable![info.SymbolicId!.Value].ShouldBe("BadInvalidState");
        asked.Header.StringTable[info.LocalizedText!.Value].ShouldBe("It is not ready yet.");
        info.AdditionalInfo.ShouldBe("It is not ready yet.");

        var fault = (await server.DispatchAsync(session.Channel, new CallRequest(session.Header(diagnostics: 1 | 4), []))).ShouldBeOfType<ServiceFault>().Header;
        fault.StringTable![fault.ServiceDiagnostics!.SymbolicId!.Value].ShouldBe("BadNothingToDo");
        fault.ServiceDiagnostics.AdditionalInfo.ShouldNotBeNullOrEmpty();
        fault.ServiceDiagnostics.LocalizedText.ShouldBeNull();
    }

    [Fact]
    public async Task Good_operations_have_no_diagnostics_and_bad_ones_stand_in_their_places()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        var request = new ReadRequest(session.Header(diagnostics: 0x20), 0, TimestampsToReturn.Both, [new(new NodeId(2258), 13), new(new NodeId(987_654), 13)]);
        var response = await session.SendAsync<ReadResponse>(request);
        response.DiagnosticInfos.Length.ShouldBe(2);
        response.DiagnosticInfos[0].ShouldBe(new DiagnosticInfo());
        response.Header.StringTable![response.DiagnosticInfos[1].SymbolicId!.Value].ShouldBe("BadNodeIdUnknown");
    }

    [Fact]
    public async Task An_unexpected_failure_of_a_handler_is_an_internal_error_of_that_call()
    {
        var (server, session) = await WithMethodAsync((_, _) => throw new InvalidOperationException("secret detail"));
        await using var s = server;
        var response = await session.SendAsync<CallResponse>(Call(session.Header(diagnostics: 0x3FF)));
        response.Results.ShouldHaveSingleItem().StatusCode.ShouldBe(StatusCodes.BadInternalError);
        response.Header.StringTable!.ShouldAllBe(text => !text!.Contains("secret"));
    }

    [Fact]
    public async Task A_value_source_that_fails_spoils_its_own_value_only()
    {
        await using var server = await TestServer.StartAsync();
        var plant = new Plant(server);
        plant.Asked.ValueSource = _ => throw new InvalidOperationException("broken");
        var session = await server.ConnectAsync();
        var response = await session.SendAsync<ReadResponse>(Read(session, new ReadValueId(plant.Asked.Id, 13), new ReadValueId(plant.Level.Id, 13)));
        response.Results.Select(r => r.Status).ShouldBe([StatusCodes.BadInternalError, StatusCodes.Good]);
    }

    [Fact]
    public async Task A_long_call_ends_with_its_timeout_hint()
    {
        var (server, session) = await WithMethodAsync(async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return MethodResult.Good();
        });
        await using var s = server;
        var waiting = server.DispatchAsync(session.Channel, Call(session.Header(timeoutHint: 1_000)));
        server.Time.Advance(TimeSpan.FromMilliseconds(999));
        waiting.IsCompleted.ShouldBeFalse();
        server.Time.Advance(TimeSpan.FromMilliseconds(2));
        (await waiting).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadTimeout);
    }

    [Fact]
    public async Task A_long_call_can_be_cancelled_and_ends_with_its_session_or_channel()
    {
        var (server, session) = await WithMethodAsync(async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return MethodResult.Good();
        });
        await using var s = server;
        var header = session.Header();
        var cancelled = server.DispatchAsync(session.Channel, Call(header));
        var closed = server.DispatchAsync(session.Channel, Call(session.Header()));
        (await session.SendAsync<CancelResponse>(new CancelRequest(session.Header(), header.RequestHandle))).CancelCount.ShouldBe(1u);
        (await session.SendAsync<CancelResponse>(new CancelRequest(session.Header(), 4711))).CancelCount.ShouldBe(0u);
        (await cancelled).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadRequestCancelledByClient);
        await session.SendAsync<CloseSessionResponse>(new CloseSessionRequest(session.Header(), true));
        (await closed).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadSessionClosed);

        var other = await server.ConnectAsync();
        var broken = server.DispatchAsync(other.Channel, Call(other.Header()));
        other.Channel.Abort(StatusCodes.BadConnectionClosed, "");
        (await broken).ShouldBeOfType<ServiceFault>().Header.ServiceResult.ShouldBe(StatusCodes.BadRequestInterrupted);
    }

    [Fact]
    public async Task Open_requests_of_a_session_are_limited()
    {
        await using var server = await TestServer.StartAsync(o => o.Sessions = new SessionLimits { MaxOpenRequests = 2 });
        var session = await server.ConnectAsync();
        var subscription = await TestSubscription.CreateAsync(server, session);
        var waiting = new[] { subscription.Publish(), subscription.Publish() };
        (await session.FailAsync(new PublishRequest(session.Header(), []))).ShouldBe(StatusCodes.BadTooManyOperations);
        waiting.ShouldAllBe(w => !w.IsCompleted);
    }

    [Fact]
    public async Task The_caller_is_shown_to_the_handler()
    {
        ICallContext? caller = null;
        var (server, session) = await WithMethodAsync((call, _) =>
        {
            caller = call.Caller;
            return Task.FromResult(MethodResult.Good());
        });
        await using var s = server;
        await session.ActivateAsync(TestUser.Admin);
        await session.SendAsync<CallResponse>(Call(session.Header() with { AuditEntryId = "entry 7" }));
        caller.ShouldNotBeNull();
        caller.SessionId.ShouldBe(session.Id);
        caller.User.Name.ShouldBe("admin");
        caller.AuditEntryId.ShouldBe("entry 7");
        caller.ClientCertificate.ShouldBe(server.Client.Der);
        caller.ClientDescription!.ApplicationUri.ShouldBe(server.Client.Uri);
        caller.RemoteEndPoint.ShouldBe(session.Channel.RemoteEndPoint);
        caller.LocaleIds.ShouldBe(["en"]);
    }
}

using System.Security.Cryptography;
using Ua.Core;
using Ua.Security;

namespace Ua.Server.Tests.Kit;

/// <summary>A client's view of one session, request by request.</summary>
internal sealed class TestSession(TestServer server, FakeChannel channel, TestIdentity client)
{
    private uint _lastHandle;

    public FakeChannel Channel { get; set; } = channel;

    public NodeId Token { get; set; }

    public NodeId Id { get; private set; }

    public byte[] ServerNonce { get; private set; } = [];

    public CreateSessionResponse? Created { get; private set; }

    private ISecurityPolicy Policy => SecurityPolicies.ByUri(Channel.SecurityPolicyUri)!;

    public RequestHeader Header(uint timeoutHint = 0, uint diagnostics = 0) => new(Token, server.Time.GetUtcNow().UtcDateTime, ++_lastHandle, diagnostics, TimeoutHint: timeoutHint);

    public CreateSessionRequest CreateRequest() => new(
        Header(),
        new ApplicationDescription(client.Uri, "urn:test", new LocalizedText("Client"), ApplicationType.Client, null, null, []),
        ServerUri: null,
        TestServer.Url,
        "a session",
        RandomNumberGenerator.GetBytes(32),
        Policy.IsNone ? null : client.Der,
        RequestedSessionTimeout: 60_000,
        MaxResponseMessageSize: 0);

    public async Task<CreateSessionResponse> CreateAsync(Func<CreateSessionRequest, CreateSessionRequest>? change = null)
    {
        var request = CreateRequest();
        var response = await SendAsync<CreateSessionResponse>(change?.Invoke(request) ?? request);
        (Id, Token, ServerNonce, Created) = (response.SessionId, response.AuthenticationToken, response.ServerNonce!, response);
        return response;
    }

    public ActivateSessionRequest ActivateRequest(TestUser user, TestIdentity? signer = null)
    {
        var (token, signature) = user.Show(Policy, server.Server, ServerNonce, server.Time.GetUtcNow().UtcDateTime);
        var own = ApplicationSignature.Create(Policy, (signer ?? client).Key.Rsa, server.Server.Der, ServerNonce);
        return new ActivateSessionRequest(Header(), own, [], ["en"], token, signature);
    }

    public async Task<ActivateSessionResponse> ActivateAsync(TestUser user, TestIdentity? signer = null)
    {
        var response = await SendAsync<ActivateSessionResponse>(ActivateRequest(user, signer));
        ServerNonce = response.ServerNonce!;
        return response;
    }

    /// <summary>Sends a request and expects its response.</summary>
    public async Task<T> SendAsync<T>(IServiceRequest request)
        where T : IServiceResponse
    {
        var response = await server.DispatchAsync(Channel, request);
        if (response is ServiceFault fault) throw fault.ToException();
        response.Header.RequestHandle.ShouldBe(request.Header.RequestHandle);
        return response.ShouldBeOfType<T>();
    }

    /// <summary>Sends a request and expects a fault.</summary>
    public async Task<StatusCode> FailAsync(IServiceRequest request) =>
        (await server.DispatchAsync(Channel, request)).ShouldBeOfType<ServiceFault>().Header.ServiceResult;

    public async Task<DataValue> ReadAsync(NodeId node, AttributeId attribute = AttributeId.Value) =>
        (await SendAsync<ReadResponse>(new ReadRequest(Header(), 0, TimestampsToReturn.Both, [new ReadValueId(node, (uint)attribute)]))).Results.ShouldHaveSingleItem();

    public async Task<CallMethodResult> CallAsync(NodeId target, NodeId method, params Variant[] inputs) =>
        (await SendAsync<CallResponse>(new CallRequest(Header(), [new CallMethodRequest(target, method, inputs)]))).Results.ShouldHaveSingleItem();
}

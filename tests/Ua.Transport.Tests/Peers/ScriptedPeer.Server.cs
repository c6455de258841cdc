using System.Net;
using System.Net.Sockets;
using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <content>The steps of a server.</content>
internal sealed partial class ScriptedPeer
{
    public static OwnCertificate ServerCertificate { get; } = new(TestKey.Of(2048, "b").Der, TestKey.Of(2048, "b").Rsa);

    public static Acknowledge GoodAcknowledge { get; } = new(0, 65_535, 65_535, 1_000_000, 1000);

    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    public static ClientChannelOptions OptionsFor(Socket listener, ISecurityPolicy? policy = null, TimeProvider? time = null) => new()
    {
        EndpointUrl = $"opc.tcp://{listener.LocalEndPoint}",
        Policy = policy ?? SecurityPolicies.None,
        Mode = policy is null ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt,
        Certificate = policy is null ? null : ClientCertificate,
        ServerCertificate = policy is null ? null : ServerCertificate.Chain,
        Time = time ?? TimeProvider.System,
        RequestTimeout = TimeSpan.FromHours(1),
    };

    public static async Task<ScriptedPeer> AcceptAsync(Socket listener, TimeProvider? time = null) => new(await listener.AcceptAsync(), time);

    /// <summary>A server that has answered HEL.</summary>
    public static async Task<ScriptedPeer> AcceptedAsync(Socket listener, TimeProvider? time = null)
    {
        var peer = await AcceptAsync(listener, time);
        await peer.ReadAsync("HEL");
        await peer.SendAsync(Plain(MessageTypes.Acknowledge, GoodAcknowledge));
        return peer;
    }

    /// <summary>A client and the server that it has opened a channel to.</summary>
    public static async Task<(ScriptedPeer Server, ClientChannel Client)> PairAsync(ISecurityPolicy? policy = null, TimeProvider? time = null, uint lifetime = 3_600_000)
    {
        using var listener = Listen();
        var opening = OptionsFor(listener, policy, time).OpenAsync();
        var server = await AcceptedAsync(listener, time);
        await server.AnswerOpenAsync(1, lifetime);
        return (server, await opening);
    }

    /// <summary>Answers an OpenSecureChannel request, first or later, with a token.</summary>
    public async Task AnswerOpenAsync(uint tokenId, uint lifetime, Func<OpenSecureChannelResponse, IServiceMessage>? change = null)
    {
        var (requestId, request) = TakeOpen(await ReadAsync("OPN"));
        await AnswerAsync(requestId, request, tokenId, lifetime, change);
    }

    public async Task AnswerAsync(
        uint requestId, OpenSecureChannelRequest request, uint tokenId, uint lifetime, Func<OpenSecureChannelResponse, IServiceMessage>? change = null)
    {
        var agreement = Handshake.Policy.CreateHandshake();
        Token = new ChannelSecurityToken(77, tokenId, DateTime.UnixEpoch, lifetime);
        Conversation.Agree(77, request.SecurityMode);
        var response = new OpenSecureChannelResponse(new ResponseHeader(DateTime.UnixEpoch, request.Header.RequestHandle, StatusCodes.Good), 0, Token, agreement.LocalNonce);
        var keys = agreement.Derive(request.ClientNonce ?? [], ChannelRole.Server, request.SecurityMode, null);
        Conversation.Tokens.Adopt(ChannelToken.Create(tokenId, keys, lifetime, _time));
        await SendAsync(Written(output => ChunkEncoder.WriteOpen(output, Conversation, Handshake, requestId, change?.Invoke(response) ?? response, int.MaxValue)));
    }

    /// <summary>Reads an OpenSecureChannel request as the server that it is meant for.</summary>
    public (uint RequestId, OpenSecureChannelRequest Request) TakeOpen(byte[] bytes)
    {
        var header = AsymmetricHeader.OfMessage(bytes, out _, out var headerLength);
        var policy = SecurityPolicies.ByUri(header.SecurityPolicyUri).ShouldNotBeNull();
        Handshake ??= policy.IsNone ? new Handshake(policy, null, null) : new Handshake(policy, ServerCertificate, header.SenderCertificate);
        Conversation ??= new SecureConversation(policy, _time);
        var frame = new Frame(bytes, bytes.Length, MessageTypes.Open);
        var body = Conversation.OpenContent(Handshake.Open(frame, headerLength, Conversation.Incoming.Previous), out var requestId);
        return (requestId, (OpenSecureChannelRequest)ServiceMessages.ReadRequest(body).Request.ShouldNotBeNull());
    }

    /// <summary>The next request, which must be one chunk, with the id to answer under.</summary>
    public async Task<(uint RequestId, IServiceRequest Request)> ReadRequestAsync()
    {
        var bytes = await ReadAsync("MSG");
        var body = Conversation.Open(new Frame(bytes, bytes.Length, MessageTypes.Message), out var requestId);
        return (requestId, ServiceMessages.ReadRequest(body).Request.ShouldNotBeNull());
    }

    /// <summary>Shows another certificate than the one the client expects.</summary>
    public void Impersonate(OwnCertificate other) => Handshake = new Handshake(Handshake.Policy, other, Handshake.PeerCertificate);
}

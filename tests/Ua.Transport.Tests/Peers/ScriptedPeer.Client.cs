using System.Net.Sockets;
using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <content>The steps of a client.</content>
internal sealed partial class ScriptedPeer
{
    public static Hello GoodHello { get; } = new(0, 65_535, 65_535, 0, 0, "opc.tcp://localhost:4840/anything");

    public static OwnCertificate ClientCertificate { get; } = new(TestKey.Of(2048, "a").Der, TestKey.Of(2048, "a").Rsa);

    public static async Task<ScriptedPeer> ConnectAsync(TestServer server, TimeProvider? time = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Endpoint.BoundAddress);
        return new ScriptedPeer(socket, time);
    }

    /// <summary>A client that has got its ACK.</summary>
    public static async Task<ScriptedPeer> GreetedAsync(TestServer server, TimeProvider? time = null)
    {
        var peer = await ConnectAsync(server, time);
        await peer.SendAsync(Plain(MessageTypes.Hello, GoodHello));
        await peer.ReadAsync("ACK");
        return peer;
    }

    /// <summary>A client with an open channel.</summary>
    public static async Task<ScriptedPeer> OpenedAsync(TestServer server, ISecurityPolicy? policy = null, TimeProvider? time = null, uint lifetime = 3_600_000)
    {
        var peer = await GreetedAsync(server, time);
        peer.Use(policy ?? SecurityPolicies.None, server.Certificate!.Chain);
        await peer.RequestTokenAsync(SecurityTokenRequestType.Issue, policy is null ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt, lifetime);
        return peer;
    }

    /// <summary>Settles policy and certificates; the conversation, if there is one, goes on.</summary>
    public void Use(ISecurityPolicy policy, byte[] serverCertificate, OwnCertificate? own = null)
    {
        Handshake = policy.IsNone ? new Handshake(policy, null, null) : new Handshake(policy, own ?? ClientCertificate, serverCertificate);
        Conversation ??= new SecureConversation(policy, _time);
    }

    /// <summary>Asks for a token, takes the answer and uses the token from then on.</summary>
    public async Task RequestTokenAsync(SecurityTokenRequestType type, MessageSecurityMode mode, uint lifetime = 3_600_000)
    {
        var agreement = Handshake.Policy.CreateHandshake();
        await SendAsync(OpenRequest(type, mode, agreement.LocalNonce, lifetime));
        var bytes = await ReadAsync("OPN");
        TakeToken(bytes, agreement, mode);
    }

    private void TakeToken(byte[] bytes, IKeyAgreement agreement, MessageSecurityMode mode)
    {
        _ = AsymmetricHeader.OfMessage(bytes, out var channelId, out var headerLength);
        var frame = new Frame(bytes, bytes.Length, MessageTypes.Open);
        var body = Conversation.OpenContent(Handshake.Open(frame, headerLength, Conversation.Incoming.Previous), out _);
        var response = ServiceMessages.ReadResponse<OpenSecureChannelResponse>(body);
        Token = response.SecurityToken;
        Token.ChannelId.ShouldBe(channelId);
        Conversation.Agree(channelId, mode);
        var keys = agreement.Derive(response.ServerNonce ?? [], ChannelRole.Client, mode, null);
        Conversation.Tokens.Adopt(ChannelToken.Create(Token.TokenId, keys, Token.RevisedLifetime, _time));
    }
}

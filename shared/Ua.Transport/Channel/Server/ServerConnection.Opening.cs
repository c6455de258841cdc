using Ua.Core;

namespace Ua.Transport;

/// <content>OpenSecureChannel: the first token, and the ones after it (Part 4, 5.6.2; Part 6, 6.7.4).</content>
internal sealed partial class ServerConnection
{
    private async Task<OpenChannel> OpenAsync(Hello hello, TransportSizes sizes)
    {
        var deadline = DeadlineIn(_server.Options.HandshakeTimeout, "The client opened no channel in time.");
        using var frame = await NextAsync(MessageTypes.Open, sizes.ReceiveChunkSize, deadline) ?? throw Left();
        try
        {
            var request = OpenRequest.ReadFirst(frame, Endpoint, _server.Security, _server.Time, out var handshake, out var conversation);
            try
            {
                return await OpenAsync(request, hello, sizes, handshake, conversation);
            }
            catch
            {
                conversation.Dispose();
                handshake.Dispose();
                throw;
            }
        }
        catch (UaException)
        {
            _server.Channels.CountRejectedChannel();
            throw;
        }
    }

    private async Task<OpenChannel> OpenAsync(OpenRequest request, Hello hello, TransportSizes sizes, Handshake handshake, SecureConversation conversation)
    {
        await CheckClientAsync(handshake, request.Body.SecurityMode, isRenewal: false);
        var channel = _server.Channels.Add(id =>
        {
            conversation.Agree(id, request.Body.SecurityMode);
            return _channel = new ServerChannel(id, handshake, request.Body.SecurityMode, hello.EndpointUrl!, Remote, this);
        });
        try
        {
            var requests = new RequestsInFlight(
                channel, conversation, sizes, _writer, _server.Dispatcher, _server.Options, _server.Time, _server.Logger);
            var open = new OpenChannel(channel, handshake, conversation, requests, new MessageAssembly(sizes.MaxReceiveChunkCount));
            await IssueAsync(open, request, sizes);
            _server.Logger.ChannelOpened(channel.Id, Remote, handshake.Policy.Name, channel.SecurityMode);
            return open;
        }
        catch
        {
            _server.Channels.Remove(channel);
            throw;
        }
    }

    private async Task RenewAsync(OpenChannel open, Frame frame, TransportSizes sizes)
    {
        if (open.Assembly.IsPending)
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "A token is renewed within a message.");
        var request = OpenRequest.ReadRenewal(frame, open.Handshake, open.Conversation);
        await CheckClientAsync(open.Handshake, open.Channel.SecurityMode, isRenewal: true);
        await IssueAsync(open, request, sizes);
        _server.Logger.TokenRenewed(open.Channel.Id, Remote);
    }

    private async ValueTask CheckClientAsync(Handshake handshake, MessageSecurityMode mode, bool isRenewal)
    {
        if (handshake.PeerCertificate is not { } chain) return;
        var client = new ClientCertificate(chain, handshake.Policy, mode, Remote, isRenewal);
        var verdict = await _server.Security.CheckClientAsync(client, Closed);
        if (verdict.StatusCode.IsGood) return;
        _server.Logger.CertificateRefused(Remote, verdict.StatusCode, verdict.Text);
        throw verdict.ToWireError();
    }

    private async Task IssueAsync(OpenChannel open, OpenRequest request, TransportSizes sizes)
    {
        var clientNonce = request.Body.ClientNonce ?? [];
        if (clientNonce.Length > 0 && clientNonce.AsSpan().SequenceEqual(open.LastClientNonce))
            throw new UaException(StatusCodes.BadNonceInvalid, "A renewal may not repeat the nonce.");
        open.LastClientNonce = clientNonce;

        var policy = open.Handshake.Policy;
        using var agreement = policy.CreateHandshake();
        var previous = request.Body.RequestType == SecurityTokenRequestType.Renew ? open.Conversation.Tokens.Newest.Keys : null;
        var keys = agreement.Derive(clientNonce, Security.ChannelRole.Server, request.Body.SecurityMode, previous);
        var lifetime = _server.Options.ReviseLifetime(request.Body.RequestedLifetime);
        var token = ChannelToken.Create(NextTokenId(open), keys, lifetime, _server.Time);

        var now = _server.Time.GetUtcNow().UtcDateTime;
        var response = new OpenSecureChannelResponse(
            new ResponseHeader(now, request.Body.Header.RequestHandle, StatusCodes.Good),
            ServerProtocolVersion: 0,
            new ChannelSecurityToken(open.Channel.Id, token.Id, now, lifetime),
            policy.IsNone ? null : agreement.LocalNonce);

        // Before the response goes out: the client may use the token as soon as it has it.
        open.Conversation.Tokens.Offer(token);
        await _writer.SendOpenAsync(open.Conversation, open.Handshake, sizes, request.RequestId, response, Closed);
    }

    private static uint NextTokenId(OpenChannel open)
    {
        while (true)
        {
            var id = RandomIds.Next();
            if (!open.Conversation.Tokens.Knows(id)) return id;
        }
    }
}

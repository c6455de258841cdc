using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <summary>An OpenSecureChannel request whose signature, if its policy has one, is that of the certificate it came with.</summary>
internal sealed record OpenRequest(uint RequestId, OpenSecureChannelRequest Body)
{
    /// <summary>Reads the first OPN of a connection and settles what secures the channel.</summary>
    /// <exception cref="UaException">With the status that the client is told.</exception>
    public static OpenRequest ReadFirst(
        Frame frame, UaTcpEndpoint endpoint, IChannelSecurity security, TimeProvider time, out Handshake handshake, out SecureConversation conversation)
    {
        var header = AsymmetricHeader.OfMessage(frame.Bytes, out var channelId, out var headerLength);
        if (channelId != 0) throw new UaException(StatusCodes.BadTcpSecureChannelUnknown, $"The connection has no channel {channelId}.");
        handshake = Choose(header, endpoint, security);
        try
        {
            conversation = new SecureConversation(handshake.Policy, time);
            var request = Read(frame, headerLength, handshake, conversation);
            if (request.Body.RequestType != SecurityTokenRequestType.Issue)
                throw new UaException(StatusCodes.BadRequestTypeInvalid, "There is no channel to renew on this connection.");
            CheckMode(handshake.Policy, request.Body.SecurityMode, endpoint);
            conversation.Agree(channelId, request.Body.SecurityMode);
            return request;
        }
        catch
        {
            handshake.Dispose();
            throw;
        }
    }

    /// <summary>Reads an OPN of an open channel: same channel, policy, certificates and mode.</summary>
    public static OpenRequest ReadRenewal(Frame frame, Handshake handshake, SecureConversation conversation)
    {
        var header = AsymmetricHeader.OfMessage(frame.Bytes, out var channelId, out var headerLength);
        if (channelId != conversation.ChannelId) throw new UaException(StatusCodes.BadTcpSecureChannelUnknown, $"The connection has no channel {channelId}.");
        if (header.SecurityPolicyUri != handshake.Policy.Uri)
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "A renewal may not change the security policy.");
        if (!handshake.Policy.IsNone && !handshake.PeerCertificate.AsSpan().SequenceEqual(header.SenderCertificate ?? []))
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "A renewal may not change the client's certificate.");
        if (!(header.ReceiverThumbprint ?? []).AsSpan().SequenceEqual(handshake.OwnThumbprint))
            throw new UaException(StatusCodes.BadCertificateInvalid, "A renewal may not change the server's certificate.");

        var request = Read(frame, headerLength, handshake, conversation);
        if (request.Body.RequestType != SecurityTokenRequestType.Renew)
            throw new UaException(StatusCodes.BadRequestTypeInvalid, "The connection has a channel already.");
        if (request.Body.SecurityMode != conversation.Mode)
            throw new UaException(StatusCodes.BadSecurityModeRejected, "A renewal may not change the security mode.");
        return request;
    }

    private static OpenRequest Read(Frame frame, int headerLength, Handshake handshake, SecureConversation conversation)
    {
        var content = handshake.Open(frame, headerLength, conversation.Incoming.Previous);
        var body = conversation.OpenContent(content, out var requestId);
        var r = new UaReader(body);
        var encodingId = r.NodeId();
        if (encodingId != new NodeId(OpenSecureChannelRequest.BinaryEncodingId))
            throw new UaException(StatusCodes.BadTcpMessageTypeInvalid, $"An OPN message carries the encoding id {encodingId}.");
        var request = OpenSecureChannelRequest.Read(ref r);
        r.ExpectEnd();
        return new(requestId, request);
    }

    private static Handshake Choose(AsymmetricHeader header, UaTcpEndpoint endpoint, IChannelSecurity security)
    {
        var policy = SecurityPolicies.ByUri(header.SecurityPolicyUri);
        if (policy is null || !endpoint.HasPolicy(policy))
            throw new UaException(StatusCodes.BadSecurityPolicyRejected, "The endpoint does not offer this security policy.");
        if (policy.IsNone) return new(policy, null, null);

        var own = security.CurrentCertificate(policy)
            ?? throw new UaException(StatusCodes.BadSecurityPolicyRejected, "The server has no certificate for this security policy.");
        if (!own.Thumbprint.AsSpan().SequenceEqual(header.ReceiverThumbprint ?? []))
            throw new UaException(StatusCodes.BadCertificateInvalid, "The message was not made for the certificate of this server.");
        if (header.SenderCertificate is not { Length: > 0 } certificate)
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The client sent no certificate.");
        try
        {
            return new(policy, own, certificate);
        }
        catch (UaException e)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The security checks failed.", e);
        }
    }

    private static void CheckMode(ISecurityPolicy policy, MessageSecurityMode mode, UaTcpEndpoint endpoint)
    {
        if (policy.IsNone != (mode == MessageSecurityMode.None) || !endpoint.Allows(policy, mode))
            throw new UaException(StatusCodes.BadSecurityModeRejected, $"The endpoint does not offer security mode {mode} with this policy.");
    }
}

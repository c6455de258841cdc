using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <content>HEL and ACK, then OpenSecureChannel: the first token and the ones after it.</content>
public sealed partial class ClientChannel
{
    private Renewal? _renewal;

    /// <summary>An OpenSecureChannel request under way. The reading task uses up its agreement; one that is never answered is left alone.</summary>
    private sealed record Renewal(uint RequestId, IKeyAgreement Agreement)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(() => Fail(new UaException(StatusCodes.BadTimeout, "The channel did not open in time.")));
        await GreetAsync(cancellationToken);
        var issue = new Renewal(_pending.NextId(), _options.Policy.CreateHandshake());
        await RequestTokenAsync(issue, SecurityTokenRequestType.Issue, cancellationToken);
        using (var frame = await NextAsync(MessageTypes.Open | MessageTypes.Error, _sizes.ReceiveChunkSize) ?? throw Left())
        {
            if (frame.Type == MessageTypes.Error) throw ReadError(frame);
            TakeToken(frame, issue, isFirst: true);
        }

        _reading = ReadAllAsync();
        _renewing = RenewAllAsync();
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        var hello = new Hello(
            ProtocolVersion: 0,
            ReceiveBufferSize: (uint)_options.ReceiveBufferSize,
            SendBufferSize: (uint)_options.SendBufferSize,
            MaxMessageSize: (uint)_options.MaxMessageSize,
            MaxChunkCount: (uint)_options.MaxChunkCount,
            EndpointUrl: _options.EndpointUrl);
        await _writer.SendPlainAsync(MessageTypes.Hello, hello, cancellationToken);
        using var frame = await NextAsync(MessageTypes.Acknowledge | MessageTypes.Error, ErrorMessage.MaxSize) ?? throw Left();
        if (frame.Type == MessageTypes.Error) throw ReadError(frame);
        _sizes = TransportSizes.OfClient(hello, UaReader.FromBytes<Acknowledge>(frame.Body));
    }

    private async Task RequestTokenAsync(Renewal renewal, SecurityTokenRequestType type, CancellationToken cancellationToken)
    {
        var request = new OpenSecureChannelRequest(
            Complete(RequestHeader.Empty, renewal.RequestId),
            ClientProtocolVersion: 0,
            type,
            _options.Mode,
            _options.Policy.IsNone ? null : renewal.Agreement.LocalNonce,
            RequestedLifetime: (uint)_options.RequestedLifetime.TotalMilliseconds);
        await _writer.SendOpenAsync(_conversation, _handshake, _sizes, renewal.RequestId, request, cancellationToken);
    }

    /// <summary>Reads an OpenSecureChannel response and puts its token to use.</summary>
    private void TakeToken(Frame frame, Renewal renewal, bool isFirst)
    {
        var header = AsymmetricHeader.OfMessage(frame.Bytes, out var channelId, out var headerLength);
        CheckHeader(header);
        if (!isFirst && channelId != Id) throw new UaException(StatusCodes.BadTcpSecureChannelUnknown, $"The server answers for channel {channelId}.");
        var content = _handshake.Open(frame, headerLength, _conversation.Incoming.Previous);
        var body = _conversation.OpenContent(content, out var requestId);
        if (requestId != renewal.RequestId)
        {
            if (_pending.WasIssued(requestId)) return; // the late answer to a renewal that was repeated since
            throw new UaException(StatusCodes.BadSecurityChecksFailed, $"The server answers an OpenSecureChannel request {requestId} that was not made.");
        }

        var response = ServiceMessages.ReadResponse<OpenSecureChannelResponse>(body, _options.EncodingLimits);
        var agreed = response.SecurityToken;
        if (agreed.ChannelId != channelId || agreed.ChannelId == 0 || agreed.RevisedLifetime == 0)
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The server issued a token that cannot be used.");

        var previous = isFirst ? null : _conversation.Tokens.Newest.Keys;
        var keys = renewal.Agreement.Derive(response.ServerNonce ?? [], ChannelRole.Client, _options.Mode, previous);
        renewal.Agreement.Dispose();
        if (isFirst)
        {
            _conversation.Agree(channelId, _options.Mode);
            ServerCertificate = _options.Policy.IsNone ? null : header.SenderCertificate;
        }

        _conversation.Tokens.Adopt(ChannelToken.Create(agreed.TokenId, keys, agreed.RevisedLifetime, _options.Time));
        renewal.Done.TrySetResult();
    }

    private void CheckHeader(AsymmetricHeader header)
    {
        if (header.SecurityPolicyUri != _options.Policy.Uri)
            throw new UaException(StatusCodes.BadSecurityPolicyRejected, $"The server answers under the policy {header.SecurityPolicyUri}.");
        if (_options.Policy.IsNone) return;
        if (!CertificateBytes.Leaf(header.SenderCertificate).SequenceEqual(CertificateBytes.Leaf(_options.ServerCertificate)))
            throw new UaException(StatusCodes.BadCertificateInvalid, "The server answers with another certificate than the one it was asked under.");
        if (!(header.ReceiverThumbprint ?? []).AsSpan().SequenceEqual(_handshake.OwnThumbprint))
            throw new UaException(StatusCodes.BadCertificateInvalid, "The server's answer was not made for this client's certificate.");
    }
}

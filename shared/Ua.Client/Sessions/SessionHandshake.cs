using System.Security.Cryptography;
using Ua.Core;
using Ua.Security;
using Ua.Transport;

namespace Ua.Client;

/// <summary>CreateSession and ActivateSession on one channel, with everything a client checks (Part 4, 5.7.2 and 5.7.3).</summary>
internal sealed class SessionHandshake(SessionOptions options, ChosenEndpoint target, ClientChannel channel)
{
    private const int LeastNonceLength = 32;

    private readonly EndpointDescription _endpoint = target.Endpoint;

    public async Task<SessionTicket> CreateAsync(CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(LeastNonceLength);
        var request = new CreateSessionRequest(
            Header(NodeId.Null),
            options.Application.Describe(),
            ServerUri: null,
            EndpointUrl: options.EndpointUrl,
            SessionName: options.SessionName ?? options.Application.ApplicationName,
            ClientNonce: nonce,
            ClientCertificate: target.Own?.Chain,
            RequestedSessionTimeout: options.SessionTimeout.TotalMilliseconds,
            MaxResponseMessageSize: options.MaxResponseMessageSize);
        var response = await channel.SendAsync(request, cancellationToken).ConfigureAwait(false);
        Check(response, nonce);
        return new SessionTicket(
            response.SessionId, response.AuthenticationToken, TimeSpan.FromMilliseconds(response.RevisedSessionTimeout), response.ServerNonce, response.ServerCertificate);
    }

    public async Task<SessionTicket> ActivateAsync(SessionTicket ticket, UserIdentity user, CancellationToken cancellationToken)
    {
        var policy = user.FindPolicy(_endpoint)
            ?? throw new UaException(StatusCodes.BadIdentityTokenRejected, $"The endpoint takes no user identity of the kind {user.TokenType}.");
        var context = new UserProofContext(PolicyOf(policy), ServerCertificate(ticket), ticket.ServerNonce, options.Time.GetUtcNow().UtcDateTime);
        var proof = user.Prove(policy, context);
        var request = new ActivateSessionRequest(
            Header(ticket.AuthenticationToken),
            ClientSignature: ApplicationSignature.Create(target.Policy, target.Own?.PrivateKey, ServerCertificate(ticket), ticket.ServerNonce),
            ClientSoftwareCertificates: [],
            LocaleIds: [.. options.LocaleIds],
            UserIdentityToken: proof.Token,
            UserTokenSignature: proof.Signature);
        var response = await channel.SendAsync(request, cancellationToken).ConfigureAwait(false);
        CheckNonce(response.ServerNonce);
        return ticket.After(response.ServerNonce, ServerCertificate(ticket));
    }

    private void Check(CreateSessionResponse response, byte[] nonce)
    {
        if (response.AuthenticationToken.IsNull) throw Failed("The server gave the session no authentication token.");
        if (response.RevisedSessionTimeout is not (> 0 and < uint.MaxValue)) throw Failed("The server gave the session no usable timeout.");
        EndpointComparison.ExpectSame(target.Discovered, response.ServerEndpoints);
        if (target.Policy.IsNone) return;
        if (!CertificateBytes.Leaf(response.ServerCertificate).SequenceEqual(CertificateBytes.Leaf(_endpoint.ServerCertificate)))
            throw new UaException(StatusCodes.BadCertificateInvalid, "The certificate in the CreateSession response is not that of the endpoint.");
        CheckNonce(response.ServerNonce);
        var key = target.Policy.PublicKeyOf(_endpoint.ServerCertificate);
        if (!ApplicationSignature.Verify(target.Policy, key, response.ServerSignature, target.Own?.Chain, nonce))
            throw new UaException(StatusCodes.BadApplicationSignatureInvalid, "The server's signature in the CreateSession response is not that of its certificate over our certificate and nonce.");
    }

    private void CheckNonce(byte[]? nonce)
    {
        if (!target.Policy.IsNone && (nonce?.Length ?? 0) < LeastNonceLength)
            throw new UaException(StatusCodes.BadNonceInvalid, $"The server's nonce has {nonce?.Length ?? 0} bytes; it needs {LeastNonceLength} at least.");
    }

    private static UaException Failed(string text) => new(StatusCodes.BadSecurityChecksFailed, text);

    /// <summary>What signatures and secrets are made for: the certificate of the channel, since a server may have renewed it since the session was made.</summary>
    private byte[]? ServerCertificate(SessionTicket ticket) => target.Policy.IsNone ? ticket.ServerCertificate ?? _endpoint.ServerCertificate : channel.ServerCertificate;

    private ISecurityPolicy PolicyOf(UserTokenPolicy policy)
    {
        var uri = UserIdentity.PolicyUri(_endpoint, policy);
        return SecurityPolicies.ByUri(uri) ?? throw new UaException(StatusCodes.BadSecurityPolicyRejected, $"User tokens are to be protected by {uri}, which is not known here.");
    }

    private RequestHeader Header(NodeId token) =>
        new(token, options.Time.GetUtcNow().UtcDateTime, RequestHandle: 0, TextDiagnostics.OfService, TimeoutHint: (uint)options.ConnectTimeout.TotalMilliseconds);
}

using System.Security.Cryptography;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Benchmarks.Sessions;

/// <summary>One session from the socket to the socket's end with an endpoint that is known already: connect, OPN, create, activate, close. The client checks what a client has to check.</summary>
internal sealed class BareSession(string url, EndpointDescription endpoint, IdentityCertificate identity)
{
    private static readonly ISecurityPolicy s_policy = SecurityPolicies.Basic256Sha256;
    private readonly OwnCertificate _own = OwnCertificate.Of(identity);
    private readonly ApplicationDescription _client = new(identity.Certificate.ApplicationUri, "urn:gdssuite", new LocalizedText("Benchmarks"), ApplicationType.Client, null, null, []);

    public static bool Fits(EndpointDescription endpoint) =>
        endpoint.SecurityPolicyUri == s_policy.Uri && endpoint.SecurityMode == MessageSecurityMode.SignAndEncrypt;

    public async Task OpenAndCloseAsync()
    {
        await using var channel = await ClientChannel.OpenAsync(
            new ClientChannelOptions
            {
                EndpointUrl = url,
                Policy = s_policy,
                Mode = MessageSecurityMode.SignAndEncrypt,
                Certificate = _own,
                ServerCertificate = endpoint.ServerCertificate,
            },
            CancellationToken.None);
        var nonce = RandomNumberGenerator.GetBytes(32);
        var created = await channel.SendAsync(
            new CreateSessionRequest(RequestHeader.Empty, _client, null, url, "benchmark", nonce, _own.Chain, 60_000, 0), CancellationToken.None);
        Verify(created, nonce);
        var header = RequestHeader.Empty with { AuthenticationToken = created.AuthenticationToken };
        var signature = ApplicationSignature.Create(s_policy, _own.PrivateKey, channel.ServerCertificate, created.ServerNonce);
        var anonymous = endpoint.UserIdentityTokens.First(p => p.TokenType == UserTokenType.Anonymous);
        await channel.SendAsync(
            new ActivateSessionRequest(header, signature, [], [], ExtensionObject.Of(new AnonymousIdentityToken(anonymous.PolicyId)), new SignatureData(null, null)), CancellationToken.None);
        await channel.SendAsync(new CloseSessionRequest(header, DeleteSubscriptions: true), CancellationToken.None);
    }

    private void Verify(CreateSessionResponse created, byte[] nonce)
    {
        if (!ApplicationSignature.Verify(s_policy, s_policy.PublicKeyOf(endpoint.ServerCertificate), created.ServerSignature, _own.Chain, nonce)) throw new InvalidOperationException("The server's signature is wrong.");
    }
}

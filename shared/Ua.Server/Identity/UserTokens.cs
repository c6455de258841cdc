using System.Text;
using Ua.Core;
using Ua.Security;
using Ua.Server.Nodes;
using Ua.Server.Sessions;
using Ua.Transport;

namespace Ua.Server.Identity;

/// <summary>A user whose token was found right, with the roles that come with it.</summary>
internal sealed record IdentifiedUser(UserIdentity Identity, IReadOnlyList<NodeId> Roles);

/// <summary>What an activation shows of its user, and what it was made for.</summary>
internal sealed record PresentedToken(
    ExtensionObject? Token,
    SignatureData Signature,
    IServerChannel Channel,
    UserTokenPolicy[] Policies,
    OwnCertificate Own,
    byte[] ServerNonce,
    ClientStanding Client,
    string? ClientApplicationUri);

/// <summary>
/// Checks user identity tokens (Part 4, 7.40). A token that is malformed is Bad_IdentityTokenInvalid, one that is refused
/// Bad_IdentityTokenRejected or Bad_UserAccessDenied; why a password or a certificate was refused is told to nobody outside.
/// </summary>
internal sealed class UserTokens(IUserValidator? users, IUserCertificateValidator? certificates)
{
    private const int MostNameLength = 512;
    private const int MostPasswordLength = 4_096;
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async ValueTask<IdentifiedUser> IdentifyAsync(PresentedToken presented, CancellationToken cancellationToken)
    {
        var token = presented.Token;
        if (token is null || token.IsNull) return Anonymous(presented, policyId: null);
        try
        {
            if (token.TryDecode<AnonymousIdentityToken>(out var anonymous)) return Anonymous(presented, anonymous!.PolicyId);
            if (token.TryDecode<UserNameIdentityToken>(out var userName)) return await WithPasswordAsync(presented, userName!, cancellationToken).ConfigureAwait(false);
            if (token.TryDecode<X509IdentityToken>(out var x509)) return await WithCertificateAsync(presented, x509!, cancellationToken).ConfigureAwait(false);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadDecodingError || e.StatusCode == StatusCodes.BadEncodingLimitsExceeded)
        {
            throw new UaException(StatusCodes.BadIdentityTokenInvalid, "The user identity token cannot be decoded.", e);
        }

        throw new UaException(StatusCodes.BadIdentityTokenInvalid, $"A user identity token of the encoding {token.TypeId} is not accepted here.");
    }

    private static IdentifiedUser Anonymous(PresentedToken presented, string? policyId)
    {
        if (string.IsNullOrEmpty(policyId))
        {
            if (!Array.Exists(presented.Policies, p => p.TokenType == UserTokenType.Anonymous))
                throw new UaException(StatusCodes.BadIdentityTokenRejected, "This endpoint does not accept anonymous users.");
        }
        else
        {
            PolicyOf(presented, policyId, UserTokenType.Anonymous);
        }

        RefuseFirstContact(presented);
        return new IdentifiedUser(UserIdentity.Anonymous, []);
    }

    private async ValueTask<IdentifiedUser> WithPasswordAsync(PresentedToken presented, UserNameIdentityToken token, CancellationToken cancellationToken)
    {
        var policy = PolicyOf(presented, token.PolicyId, UserTokenType.UserName);
        if (string.IsNullOrEmpty(token.UserName) || token.UserName.Length > MostNameLength)
            throw new UaException(StatusCodes.BadIdentityTokenInvalid, $"A user name has 1 to {MostNameLength} characters.");
        if (users is null) throw new UaException(StatusCodes.BadIdentityTokenRejected, "This server has no users.");
        var secret = UserSecrets.Decrypt(policy, presented.Own, token.Password, token.EncryptionAlgorithm, presented.ServerNonce);
        var channel = presented.Channel;
        var login = new UserLogin(
            token.UserName, PasswordOf(secret), presented.ClientApplicationUri, channel.ClientCertificate, channel.RemoteEndPoint, presented.Client.FirstContact);
        var verdict = await users.ValidateAsync(login, cancellationToken).ConfigureAwait(false);
        if (!verdict.IsAccepted) throw new RefusedUserException(token.UserName, verdict.Reason);
        return new IdentifiedUser(new UserIdentity(UserIdentityKind.UserName, token.UserName), verdict.Roles);
    }

    private async ValueTask<IdentifiedUser> WithCertificateAsync(PresentedToken presented, X509IdentityToken token, CancellationToken cancellationToken)
    {
        var policy = PolicyOf(presented, token.PolicyId, UserTokenType.Certificate);
        if (token.CertificateData is not { Length: > 0 } bytes) throw new UaException(StatusCodes.BadIdentityTokenInvalid, "The user identity token carries no certificate.");
        if (certificates is null) throw new UaException(StatusCodes.BadIdentityTokenRejected, "This server knows no user certificates.");
        RefuseFirstContact(presented);
        var subject = ProveKey(presented, policy, bytes);
        var verdict = await certificates.ValidateAsync(bytes, cancellationToken).ConfigureAwait(false);
        if (!verdict.IsAccepted) throw new RefusedUserException(subject, verdict.Reason);
        return new IdentifiedUser(new UserIdentity(UserIdentityKind.Certificate, subject, bytes), verdict.Roles);
    }

    /// <summary>The signature over our certificate and nonce shows that the client holds the user's key; gives the subject.</summary>
    private static string ProveKey(PresentedToken presented, ISecurityPolicy policy, byte[] bytes)
    {
        try
        {
            using var certificate = CertificateBytes.ParseLeaf(bytes);
            if (ApplicationSignature.Verify(policy, policy.PublicKeyOf(bytes), presented.Signature, presented.Own.Chain, presented.ServerNonce)) return certificate.Subject;
        }
        catch (UaException e)
        {
            throw new UaException(StatusCodes.BadIdentityTokenInvalid, "The user certificate cannot be used.", e);
        }

        throw new UaException(StatusCodes.BadUserSignatureInvalid, "The user token signature is not that of the user certificate over the certificate and nonce of this server.");
    }

    private static ISecurityPolicy PolicyOf(PresentedToken presented, string? policyId, UserTokenType type)
    {
        var policy = Array.Find(presented.Policies, p => p.PolicyId == policyId && p.TokenType == type)
            ?? throw new UaException(StatusCodes.BadIdentityTokenInvalid, $"This endpoint has no user token policy '{policyId}' for {type}.");
        var uri = string.IsNullOrEmpty(policy.SecurityPolicyUri) ? presented.Channel.SecurityPolicyUri : policy.SecurityPolicyUri;
        return SecurityPolicies.ByUri(uri) ?? throw new UaException(StatusCodes.BadIdentityTokenInvalid, $"The security policy {uri} is not known here.");
    }

    /// <summary>A client that nobody has decided about may show a user name or an enrolment token, and nothing else.</summary>
    private static void RefuseFirstContact(PresentedToken presented)
    {
        if (presented.Client.FirstContact)
            throw new UaException(StatusCodes.BadIdentityTokenRejected, "The certificate of this application is not trusted yet; it has to present a user name.");
    }

    /// <summary>Some clients hide the length of a password behind null characters.</summary>
    private static string PasswordOf(byte[] secret)
    {
        if (secret.Length > MostPasswordLength) throw new UaException(StatusCodes.BadIdentityTokenInvalid, $"A password has at most {MostPasswordLength} bytes.");
        try
        {
            return s_strictUtf8.GetString(secret.AsSpan().TrimEnd((byte)0));
        }
        catch (DecoderFallbackException e)
        {
            throw new UaException(StatusCodes.BadIdentityTokenInvalid, "The password is not valid UTF-8.", e);
        }
    }
}

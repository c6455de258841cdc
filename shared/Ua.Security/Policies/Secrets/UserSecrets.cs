using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>
/// Passwords and issued tokens on their way to the server (Part 4, 7.40.2): clear under policy None, else encrypted for the
/// server's certificate, in the legacy format or as RsaEncryptedSecret.
/// </summary>
public static class UserSecrets
{
    /// <summary>The legacy format, which every server understands. Under policy None the secret stays as it is.</summary>
    /// <returns>The token's secret field and its EncryptionAlgorithm.</returns>
    public static (byte[] Value, string? EncryptionAlgorithm) Encrypt(
        ISecurityPolicy policy, AsymmetricAlgorithm? serverKey, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> serverNonce)
    {
        if (policy.IsNone) return (secret.ToArray(), null);
        ArgumentNullException.ThrowIfNull(serverKey);
        return (LegacySecret.Encrypt(policy, serverKey, secret, serverNonce), policy.EncryptionUri);
    }

    /// <summary>The RsaEncryptedSecret format, which hides the secret's length better and is signed.</summary>
    /// <param name="policy">An RSA policy.</param>
    /// <param name="serverKey">Public key of the server's certificate.</param>
    /// <param name="serverCertificate">The server's certificate, whose thumbprint the secret names.</param>
    /// <param name="secret">What only the server may read.</param>
    /// <param name="serverNonce">The nonce of the last CreateSession or ActivateSession response.</param>
    /// <param name="signingTime">Now, UTC.</param>
    public static byte[] EncryptRsaEncryptedSecret(
        ISecurityPolicy policy,
        AsymmetricAlgorithm serverKey,
        ReadOnlySpan<byte> serverCertificate,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> serverNonce,
        DateTime signingTime) =>
        policy is RsaPolicy rsa
            ? RsaEncryptedSecret.Encrypt(rsa, serverKey, CertificateBytes.Thumbprint(serverCertificate), secret, serverNonce, signingTime)
            : throw new UaException(StatusCodes.BadSecurityPolicyRejected, $"{policy.Name} has no RsaEncryptedSecret.");

    /// <summary>Reads a secret in either format.</summary>
    /// <param name="policy">The policy of the user token; null or empty in its UserTokenPolicy means that of the channel.</param>
    /// <param name="own">The server's certificate and key; null under policy None.</param>
    /// <param name="value">The token's secret field.</param>
    /// <param name="encryptionAlgorithm">The token's EncryptionAlgorithm.</param>
    /// <param name="serverNonce">The nonce that this server sent last to the session.</param>
    /// <exception cref="UaException">Bad_IdentityTokenInvalid, whatever is wrong: an attacker learns nothing from it.</exception>
    public static byte[] Decrypt(ISecurityPolicy policy, OwnCertificate? own, byte[]? value, string? encryptionAlgorithm, ReadOnlySpan<byte> serverNonce)
    {
        if (policy.IsNone) return string.IsNullOrEmpty(encryptionAlgorithm) ? value ?? [] : throw Invalid(null);
        ArgumentNullException.ThrowIfNull(own);
        if (value is not { Length: > 0 }) throw Invalid(null);
        try
        {
            if (RsaEncryptedSecret.Recognizes(value))
                return policy is RsaPolicy rsa ? RsaEncryptedSecret.Decrypt(rsa, own, value, serverNonce) : throw Invalid(null);
            if (encryptionAlgorithm != policy.EncryptionUri) throw Invalid(null);
            return LegacySecret.Decrypt(policy, own.PrivateKey, value, serverNonce);
        }
        catch (UaException e) when (e.StatusCode != StatusCodes.BadIdentityTokenInvalid)
        {
            throw Invalid(e);
        }
    }

    internal static UaException Invalid(Exception? inner)
    {
        const string text = "The secret of the user token cannot be read with this server's certificate and nonce.";
        return inner is null ? new(StatusCodes.BadIdentityTokenInvalid, text) : new(StatusCodes.BadIdentityTokenInvalid, text, inner);
    }
}

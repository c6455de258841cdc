using Ua.Core;
using Ua.Security;

namespace Ua.Client;

/// <summary>Encrypts what only the server may read with the key of its certificate.</summary>
internal static class SecretForServer
{
    public static (byte[] Value, string? Algorithm) Encrypt(ReadOnlySpan<byte> secret, PasswordFormat format, UserProofContext context)
    {
        var policy = context.Policy;
        if (policy.IsNone) return UserSecrets.Encrypt(policy, null, secret, context.ServerNonce);
        if (context.ServerCertificate is not { Length: > 0 } chain)
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The server sent no certificate to encrypt the secret of the user token for.");
        var key = policy.PublicKeyOf(chain);
        return format == PasswordFormat.Legacy
            ? UserSecrets.Encrypt(policy, key, secret, context.ServerNonce)
            : (UserSecrets.EncryptRsaEncryptedSecret(policy, key, chain, secret, context.ServerNonce, context.Now), null);
    }
}

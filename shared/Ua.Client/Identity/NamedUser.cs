using System.Security.Cryptography;
using System.Text;
using Ua.Core;
using Ua.Security;

namespace Ua.Client;

/// <summary>A user name with its password, which is encrypted for the server's certificate.</summary>
internal sealed class NamedUser : UserIdentity
{
    private readonly string _userName;
    private readonly string _password;
    private readonly PasswordFormat _format;

    public NamedUser(string userName, string password, PasswordFormat format)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentNullException.ThrowIfNull(password);
        _userName = userName;
        _password = password;
        _format = format;
    }

    internal override UserTokenType TokenType => UserTokenType.UserName;

    internal override UserProof Prove(UserTokenPolicy policy, UserProofContext context)
    {
        var password = Encoding.UTF8.GetBytes(_password);
        try
        {
            var (value, algorithm) = SecretForServer.Encrypt(password, _format, context);
            return new(ExtensionObject.Of(new UserNameIdentityToken(policy.PolicyId, _userName, value, algorithm)), UserProof.NoSignature);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private protected override bool IsSafe(EndpointDescription endpoint, UserTokenPolicy policy) => IsEncrypted(endpoint, policy);
}

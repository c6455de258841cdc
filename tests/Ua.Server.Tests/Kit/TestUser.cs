using System.Text;
using Ua.Core;
using Ua.Security;

namespace Ua.Server.Tests.Kit;

/// <summary>How a user shows who it is.</summary>
internal abstract record TestUser
{
    public static readonly TestUser Anonymous = new AnonymousUser();

    public static readonly TestUser Admin = new PasswordUser("admin", "secret");

    public abstract (ExtensionObject? Token, SignatureData Signature) Show(ISecurityPolicy policy, TestIdentity server, byte[] nonce, DateTime now);

    private static readonly SignatureData s_noSignature = new(null, null);

    private sealed record AnonymousUser : TestUser
    {
        public override (ExtensionObject?, SignatureData) Show(ISecurityPolicy policy, TestIdentity server, byte[] nonce, DateTime now) =>
            (ExtensionObject.Of(new AnonymousIdentityToken("anonymous")), s_noSignature);
    }

    /// <summary>A user name with a password, in the old or the new form.</summary>
    public sealed record PasswordUser(string Name, string Password, bool NewForm = false, string PolicyId = "username") : TestUser
    {
        public override (ExtensionObject?, SignatureData) Show(ISecurityPolicy policy, TestIdentity server, byte[] nonce, DateTime now)
        {
            var used = policy.IsNone ? SecurityPolicies.Basic256Sha256 : policy;
            var secret = Encoding.UTF8.GetBytes(Password);
            var (value, algorithm) = NewForm
                ? (UserSecrets.EncryptRsaEncryptedSecret(used, server.Key.Rsa, server.Der, secret, nonce, now), null)
                : UserSecrets.Encrypt(used, server.Key.Rsa, secret, nonce);
            return (ExtensionObject.Of(new UserNameIdentityToken(PolicyId, Name, value, algorithm)), s_noSignature);
        }
    }

    /// <summary>A user with a certificate; it signs with its own key, or with a wrong one.</summary>
    public sealed record CertificateUser(TestIdentity Identity, TestIdentity? Signer = null) : TestUser
    {
        public override (ExtensionObject?, SignatureData) Show(ISecurityPolicy policy, TestIdentity server, byte[] nonce, DateTime now)
        {
            var used = policy.IsNone ? SecurityPolicies.Basic256Sha256 : policy;
            return (ExtensionObject.Of(new X509IdentityToken("certificate", Identity.Der)), ApplicationSignature.Create(used, (Signer ?? Identity).Key.Rsa, server.Der, nonce));
        }
    }

    /// <summary>Whatever a test wants to show.</summary>
    public sealed record AnyToken(ExtensionObject? Token) : TestUser
    {
        public override (ExtensionObject?, SignatureData) Show(ISecurityPolicy policy, TestIdentity server, byte[] nonce, DateTime now) => (Token, s_noSignature);
    }
}

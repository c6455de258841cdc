using System.Security.Cryptography;
using System.Text;
using TestKit;
using Ua.Core;

namespace Ua.Security.Tests.Policies;

public sealed class UserSecretsTests
{
    private static readonly byte[] s_nonce = RandomNumberGenerator.GetBytes(32);

    public static TheoryData<string, int> PoliciesAndKeys()
    {
        var rows = new TheoryData<string, int>();
        foreach (var policy in SecurityPolicies.All.Where(p => !p.IsNone))
            foreach (var bits in new[] { 2048, 3072, 4096 })
                rows.Add(policy.Name, bits);
        return rows;
    }

    [Fact]
    public void Secrets_of_another_implementation_are_read_in_both_formats()
    {
        Vectors.All.Secrets.Length.ShouldBe(18);
        foreach (var vector in Vectors.All.Secrets)
        {
            var policy = Vectors.Policy(vector.Policy);
            var nonce = Vectors.Bytes(vector.Nonce);
            var expected = Encoding.UTF8.GetBytes(vector.Secret);
            UserSecrets.Decrypt(policy, Server(vector.Bits), Vectors.Bytes(vector.Legacy), policy.EncryptionUri, nonce).ShouldBe(expected);
            UserSecrets.Decrypt(policy, Server(vector.Bits), Vectors.Bytes(vector.EncryptedSecret), null, nonce).ShouldBe(expected);
        }
    }

    [Theory]
    [MemberData(nameof(PoliciesAndKeys))]
    public void A_secret_of_any_length_survives_both_formats(string policyName, int bits)
    {
        var policy = Vectors.Policy(policyName);
        foreach (var length in new[] { 0, 8, 92, 93, 1000 })
        {
            var secret = RandomNumberGenerator.GetBytes(length);
            var (legacy, algorithm) = UserSecrets.Encrypt(policy, TestKey.Of(bits, "b").Rsa, secret, s_nonce);
            algorithm.ShouldBe(policy.EncryptionUri);
            UserSecrets.Decrypt(policy, Server(bits), legacy, algorithm, s_nonce).ShouldBe(secret);
            UserSecrets.Decrypt(policy, Server(bits), Modern(policy, bits, secret), null, s_nonce).ShouldBe(secret);
        }
    }

    [Theory]
    [MemberData(nameof(PoliciesAndKeys))]
    public void Short_passwords_of_different_length_look_alike(string policyName, int bits)
    {
        var policy = Vectors.Policy(policyName);
        UserSecrets.Encrypt(policy, TestKey.Of(bits, "b").Rsa, new byte[4], s_nonce).Value.Length
            .ShouldBe(UserSecrets.Encrypt(policy, TestKey.Of(bits, "b").Rsa, new byte[60], s_nonce).Value.Length);
        Modern(policy, bits, new byte[4]).Length.ShouldBe(Modern(policy, bits, new byte[60]).Length);
    }

    [Fact]
    public void A_secret_made_for_another_nonce_key_or_policy_is_refused()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        var (legacy, algorithm) = UserSecrets.Encrypt(policy, TestKey.Of(2048, "b").Rsa, "pass"u8, s_nonce);
        var modern = Modern(policy, 2048, "pass"u8.ToArray());
        byte[] otherNonce = RandomNumberGenerator.GetBytes(32);

        Refused(() => UserSecrets.Decrypt(policy, Server(2048), legacy, algorithm, otherNonce));
        Refused(() => UserSecrets.Decrypt(policy, Server(2048), modern, null, otherNonce));
        Refused(() => UserSecrets.Decrypt(policy, Server(2048), legacy, algorithm, [.. s_nonce, 1]));
        Refused(() => UserSecrets.Decrypt(policy, Server(4096), legacy, algorithm, s_nonce));
        Refused(() => UserSecrets.Decrypt(policy, Server(4096), modern, null, s_nonce));
        Refused(() => UserSecrets.Decrypt(SecurityPolicies.Aes256Sha256RsaPss, Server(2048), legacy, algorithm, s_nonce));
        Refused(() => UserSecrets.Decrypt(SecurityPolicies.Aes256Sha256RsaPss, Server(2048), modern, null, s_nonce));
        Refused(() => UserSecrets.Decrypt(SecurityPolicies.Aes128Sha256RsaOaep, Server(2048), modern, null, s_nonce));
        Refused(() => UserSecrets.Decrypt(policy, Server(2048), legacy, null, s_nonce));
        Refused(() => UserSecrets.Decrypt(policy, Server(2048), null, algorithm, s_nonce));
        Refused(() => UserSecrets.Decrypt(SecurityPolicies.None, null, legacy, algorithm, s_nonce));
    }

    [Fact]
    public void Every_changed_or_missing_byte_is_noticed()
    {
        var policy = SecurityPolicies.Aes128Sha256RsaOaep;
        var modern = Modern(policy, 2048, "pass"u8.ToArray());
        for (var at = 0; at < modern.Length; at += at < 90 ? 1 : 7)
        {
            var forged = modern.ToArray();
            forged[at] ^= 0x40;
            Refused(() => UserSecrets.Decrypt(policy, Server(2048), forged, null, s_nonce));
            Refused(() => UserSecrets.Decrypt(policy, Server(2048), modern[..at], null, s_nonce));
        }
    }

    [Fact]
    public void A_secret_whose_length_field_lies_is_refused()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        foreach (var length in new uint[] { 0, 31, 37, 1000, int.MaxValue, uint.MaxValue })
        {
            byte[] plain = [.. BitConverter.GetBytes(length), .. "pass"u8, .. s_nonce];
            var cipher = policy.Encrypt(TestKey.Of(2048, "b").Rsa, plain);
            Refused(() => UserSecrets.Decrypt(policy, Server(2048), cipher, policy.EncryptionUri, s_nonce));
        }
    }

    [Fact]
    public void Policy_None_leaves_a_secret_as_it_is()
    {
        var (value, algorithm) = UserSecrets.Encrypt(SecurityPolicies.None, null, "pass"u8, s_nonce);
        algorithm.ShouldBeNull();
        UserSecrets.Decrypt(SecurityPolicies.None, null, value, algorithm, s_nonce).ShouldBe("pass"u8.ToArray());
    }

    private static OwnCertificate Server(int bits) => new(TestKey.Of(bits, "b").Der, TestKey.Of(bits, "b").Rsa);

    private static byte[] Modern(ISecurityPolicy policy, int bits, byte[] secret) =>
        UserSecrets.EncryptRsaEncryptedSecret(policy, TestKey.Of(bits, "b").Rsa, TestKey.Of(bits, "b").Der, secret, s_nonce, DateTime.UnixEpoch);

    private static void Refused(Action read)
    {
        var error = Should.Throw<UaException>(read);
        error.StatusCode.ShouldBe(StatusCodes.BadIdentityTokenInvalid);
        error.Message.ShouldBe("The secret of the user token cannot be read with this server's certificate and nonce.");
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ua.Security;

/// <summary>
/// UInt32 length of secret and nonce, the secret, the server's last nonce, filled up with zeros to whole RSA blocks so that
/// the ciphertext tells less about the secret's length (Part 4, 7.40.2.2).
/// </summary>
internal static class LegacySecret
{
    /// <summary>Zeros are added up to this size, which is less than one block of any policy.</summary>
    private const int Granularity = 128;

    public static byte[] Encrypt(ISecurityPolicy policy, AsymmetricAlgorithm serverKey, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> serverNonce)
    {
        var length = secret.Length + serverNonce.Length;
        var plain = new byte[(4 + length + Granularity - 1) / Granularity * Granularity];
        BinaryPrimitives.WriteInt32LittleEndian(plain, length);
        secret.CopyTo(plain.AsSpan(4));
        serverNonce.CopyTo(plain.AsSpan(4 + secret.Length));
        var cipher = policy.Encrypt(serverKey, plain);
        CryptographicOperations.ZeroMemory(plain);
        return cipher;
    }

    public static byte[] Decrypt(ISecurityPolicy policy, AsymmetricAlgorithm privateKey, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> serverNonce)
    {
        var plain = policy.Decrypt(privateKey, cipher);
        try
        {
            if (plain.Length < 4) throw UserSecrets.Invalid(null);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(plain);
            if (length > plain.Length - 4 || length < serverNonce.Length) throw UserSecrets.Invalid(null);
            var secretLength = (int)length - serverNonce.Length;
            if (!CryptographicOperations.FixedTimeEquals(plain.AsSpan(4 + secretLength, serverNonce.Length), serverNonce)) throw UserSecrets.Invalid(null);
            return plain.AsSpan(4, secretLength).ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

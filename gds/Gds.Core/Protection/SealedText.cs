using System.Security.Cryptography;
using System.Text;

namespace Gds.Core.Protection;

/// <summary>AES-256-GCM: version, random nonce, tag, text; the purpose is authenticated with it.</summary>
internal static class SealedText
{
    public const int KeySize = 32;
    private const byte Version = 1;
    private const int NonceSize = 12, TagSize = 16, Overhead = 1 + NonceSize + TagSize;

    public static byte[] Seal(byte[] key, string purpose, ReadOnlySpan<byte> secret)
    {
        var result = new byte[Overhead + secret.Length];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, secret, result.AsSpan(Overhead), result.AsSpan(1 + NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return result;
    }

    public static byte[] Open(byte[] key, string purpose, ReadOnlySpan<byte> sealedText)
    {
        if (sealedText.Length < Overhead || sealedText[0] != Version) throw new CryptographicException("The protected secret is not of a known form.");
        var secret = new byte[sealedText.Length - Overhead];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(sealedText.Slice(1, NonceSize), sealedText[Overhead..], sealedText.Slice(1 + NonceSize, TagSize), secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }
}

using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>How an RSA policy signs (always over SHA-256) and encrypts. EncryptionOverhead is in bytes a block.</summary>
internal sealed record RsaAlgorithms(
    RSASignaturePadding SignaturePadding,
    string SignatureUri,
    RSAEncryptionPadding EncryptionPadding,
    int EncryptionOverhead,
    string EncryptionUri)
{
    public static int SignatureSize(RSA key) => key.KeySize / 8;

    public static int CipherBlockSize(RSA key) => key.KeySize / 8;

    public int PlainBlockSize(RSA key) => CipherBlockSize(key) - EncryptionOverhead;

    public void Sign(RSA key, ReadOnlySpan<byte> data, Span<byte> signature)
    {
        if (!key.TrySignData(data, signature, HashAlgorithmName.SHA256, SignaturePadding, out var written) || written != signature.Length)
            throw new UaException(StatusCodes.BadInternalError, "An RSA signature has another size than its key.");
    }

    public bool Verify(RSA key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, SignaturePadding);
        }
        catch (CryptographicException)
        {
            return false; // what the platform refuses to compute with is no signature
        }
    }

    public int EncryptedSize(RSA key, int plainLength) =>
        (plainLength + PlainBlockSize(key) - 1) / PlainBlockSize(key) * CipherBlockSize(key);

    public void Encrypt(RSA key, ReadOnlySpan<byte> plain, Span<byte> cipher)
    {
        while (!plain.IsEmpty)
        {
            var take = Math.Min(plain.Length, PlainBlockSize(key));
            var written = key.Encrypt(plain[..take], cipher, EncryptionPadding);
            plain = plain[take..];
            cipher = cipher[written..];
        }
    }

    /// <returns>Bytes written to <paramref name="plain"/>, which must have the room of the ciphertext.</returns>
    public int Decrypt(RSA key, ReadOnlySpan<byte> cipher, Span<byte> plain)
    {
        var block = CipherBlockSize(key);
        if (cipher.IsEmpty || cipher.Length % block != 0) throw Failed(null);
        var total = 0;
        try
        {
            for (; !cipher.IsEmpty; cipher = cipher[block..])
            {
                total += key.Decrypt(cipher[..block], plain[total..], EncryptionPadding);
            }
        }
        catch (CryptographicException e)
        {
            throw Failed(e);
        }

        return total;
    }

    private static UaException Failed(Exception? inner) => inner is null
        ? new(StatusCodes.BadSecurityChecksFailed, "Encrypted bytes are not whole blocks of the key that they should be for.")
        : new(StatusCodes.BadSecurityChecksFailed, "Encrypted bytes were not made for this key.", inner);
}

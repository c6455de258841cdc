using System.Security.Cryptography;

namespace Ua.Security;

/// <summary>P_SHA256, the pseudo-random function of TLS 1.2 (RFC 5246, 5) without a label.</summary>
internal static class PSha256
{
    public static void Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        const int hash = HMACSHA256.HashSizeInBytes;
        Span<byte> input = new byte[hash + seed.Length];
        Span<byte> block = stackalloc byte[hash];
        var a = input[..hash];
        seed.CopyTo(input[hash..]);
        HMACSHA256.HashData(secret, seed, a);
        while (true)
        {
            HMACSHA256.HashData(secret, input, block);
            var take = Math.Min(hash, output.Length);
            block[..take].CopyTo(output);
            output = output[take..];
            if (output.IsEmpty) break;
            HMACSHA256.HashData(secret, a, block);
            block.CopyTo(a);
        }

        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(block);
    }
}

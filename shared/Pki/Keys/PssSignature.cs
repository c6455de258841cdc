using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Pki;

/// <summary>Checks RSASSA-PSS with any salt length (RFC 8017, 9.1.2); .NET checks only salts as long as the hash, OpenSSL makes longer ones.</summary>
internal static class PssSignature
{
    private const byte Trailer = 0xBC;

    public static bool Verify(RSA key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName hash, int saltLength)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var modulus = new BigInteger(parameters.Modulus, isUnsigned: true, isBigEndian: true);
        var number = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (signature.Length != parameters.Modulus!.Length || number >= modulus) return false;
        var exponent = new BigInteger(parameters.Exponent, isUnsigned: true, isBigEndian: true);
        var encodedBits = (int)modulus.GetBitLength() - 1;
        var encoded = new byte[(encodedBits + 7) / 8];
        var plain = BigInteger.ModPow(number, exponent, modulus).ToByteArray(isUnsigned: true, isBigEndian: true);
        if (plain.Length > encoded.Length) return false;
        plain.CopyTo(encoded, encoded.Length - plain.Length);
        return IsEncodingOf(CryptographicOperations.HashData(hash, data), encoded, encodedBits, hash, saltLength);
    }

    private static bool IsEncodingOf(byte[] digest, byte[] encoded, int encodedBits, HashAlgorithmName hash, int saltLength)
    {
        var paddingLength = encoded.Length - digest.Length - saltLength - 2;
        if (paddingLength < 0 || encoded[^1] != Trailer) return false;
        var block = encoded.AsSpan(0, encoded.Length - digest.Length - 1);
        var seal = encoded.AsSpan(block.Length, digest.Length);
        var spareBits = 8 * encoded.Length - encodedBits;
        if (spareBits > 0 && block[0] >> (8 - spareBits) != 0) return false;

        Unmask(block, seal, hash);
        block[0] &= (byte)(0xFF >> spareBits);
        if (block[..paddingLength].ContainsAnyExcept((byte)0) || block[paddingLength] != 1) return false;
        byte[] sealedBytes = [.. new byte[8], .. digest, .. block[(paddingLength + 1)..]];
        return CryptographicOperations.HashData(hash, sealedBytes).AsSpan().SequenceEqual(seal);
    }

    /// <summary>MGF1 (RFC 8017, B.2.1).</summary>
    private static void Unmask(Span<byte> block, ReadOnlySpan<byte> seed, HashAlgorithmName hash)
    {
        byte[] input = [.. seed, 0, 0, 0, 0];
        for (var (position, counter) = (0, 0u); position < block.Length; counter++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(input.AsSpan(seed.Length), counter);
            foreach (var mask in CryptographicOperations.HashData(hash, input))
            {
                if (position == block.Length) break;
                block[position++] ^= mask;
            }
        }
    }
}

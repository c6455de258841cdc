using System.Numerics;
using System.Security.Cryptography;

namespace Pki;

/// <summary>
/// Makes private keys from an <see cref="EntropyMix"/>, since the generators of the platforms take no entropy from outside: RSA with
/// probable primes (FIPS 186-5, A.1.3), elliptic curves by a random scalar below the order.
/// </summary>
internal static class MixedKeys
{
    private const int PublicExponent = 65_537;
    private const int SieveLimit = 65_536;
    private const int Rounds = 24;

    private static readonly int[] s_smallPrimes = SmallPrimes();

    public static RSA Rsa(int bits, EntropyMix random)
    {
        while (true)
        {
            var p = Prime(bits / 2, random);
            var q = Prime(bits / 2, random);
            if ((BigInteger.Abs(p - q) >> ((bits / 2) - 100)).IsZero) continue;
            if (p < q) (p, q) = (q, p);
            var lambda = (p - 1) * (q - 1) / BigInteger.GreatestCommonDivisor(p - 1, q - 1);
            var d = Inverse(PublicExponent, lambda);
            if ((d >> (bits / 2)).IsZero) continue;
            return Import(bits, p, q, d);
        }
    }

    public static ECDsa Ecc(ECCurve curve, int bits, EntropyMix random)
    {
        var order = new BigInteger(OrderOf(curve), isUnsigned: true, isBigEndian: true);
        var scalar = new byte[bits / 8];
        while (true)
        {
            random.Fill(scalar);
            var d = new BigInteger(scalar, isUnsigned: true, isBigEndian: true);
            if (!d.IsZero && d < order) return ECDsa.Create(new ECParameters { Curve = curve, D = scalar });
        }
    }

    private static RSA Import(int bits, BigInteger p, BigInteger q, BigInteger d)
    {
        var parameters = new RSAParameters
        {
            Modulus = Bytes(p * q, bits / 8),
            Exponent = [1, 0, 1],
            D = Bytes(d, bits / 8),
            P = Bytes(p, bits / 16),
            Q = Bytes(q, bits / 16),
            DP = Bytes(d % (p - 1), bits / 16),
            DQ = Bytes(d % (q - 1), bits / 16),
            InverseQ = Bytes(Inverse(q, p), bits / 16),
        };
        try
        {
            return RSA.Create(parameters);
        }
        finally
        {
            foreach (var secret in (byte[][])[parameters.D, parameters.P, parameters.Q, parameters.DP, parameters.DQ, parameters.InverseQ]) CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>A prime with its two highest bits set, so that the product of two has full length; the public exponent does not divide the number below it.</summary>
    private static BigInteger Prime(int bits, EntropyMix random)
    {
        var bytes = new byte[bits / 8];
        while (true)
        {
            random.Fill(bytes);
            bytes[0] |= 0xC0;
            bytes[^1] |= 1;
            var start = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
            if (HasSmallFactor(start) || ((start - 1) % PublicExponent).IsZero) continue;
            if (IsProbablePrime(start, random))
            {
                CryptographicOperations.ZeroMemory(bytes);
                return start;
            }
        }
    }

    private static bool HasSmallFactor(BigInteger candidate)
    {
        // Many small primes at once: one long division gives the remainder for all whose product fits into 64 bits.
        for (var i = 0; i < s_smallPrimes.Length;)
        {
            ulong product = 1;
            var first = i;
            while (i < s_smallPrimes.Length && product < ulong.MaxValue / (ulong)s_smallPrimes[i]) product *= (ulong)s_smallPrimes[i++];
            var rest = (ulong)(candidate % product);
            for (var j = first; j < i; j++)
                if (rest % (ulong)s_smallPrimes[j] == 0) return true;
        }

        return false;
    }

    /// <summary>Miller and Rabin (FIPS 186-5, B.3.1).</summary>
    private static bool IsProbablePrime(BigInteger w, EntropyMix random)
    {
        var m = w - 1;
        var a = 0;
        while (m.IsEven)
        {
            m >>= 1;
            a++;
        }

        var bytes = new byte[w.GetByteCount(isUnsigned: true)];
        for (var round = 0; round < Rounds; round++)
        {
            BigInteger b;
            do
            {
                random.Fill(bytes);
                b = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
            }
            while (b <= 1 || b >= w - 1);

            if (IsWitness(b, m, a, w)) return false;
        }

        return true;
    }

    private static bool IsWitness(BigInteger b, BigInteger m, int a, BigInteger w)
    {
        var z = BigInteger.ModPow(b, m, w);
        if (z.IsOne || z == w - 1) return false;
        for (var j = 1; j < a; j++)
        {
            z = z * z % w;
            if (z == w - 1) return false;
            if (z.IsOne) return true;
        }

        return true;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (r, next) = (modulus, value % modulus);
        var (t, nextT) = (BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            var quotient = r / next;
            (r, next) = (next, r - (quotient * next));
            (t, nextT) = (nextT, t - (quotient * nextT));
        }

        return r.IsOne ? (t.Sign < 0 ? t + modulus : t) : throw new PkiException("The number has no inverse.");
    }

    private static byte[] Bytes(BigInteger value, int length)
    {
        var bytes = new byte[length];
        var count = value.GetByteCount(isUnsigned: true);
        if (!value.TryWriteBytes(bytes.AsSpan(length - count), out _, isUnsigned: true, isBigEndian: true)) throw new PkiException("The number is too long.");
        return bytes;
    }

    private static byte[] OrderOf(ECCurve named)
    {
        using var any = ECDsa.Create(named);
        return any.ExportExplicitParameters(includePrivateParameters: false).Curve.Order ?? throw new PkiException("The curve has no order.");
    }

    private static int[] SmallPrimes()
    {
        var composite = new bool[SieveLimit];
        List<int> primes = [];
        for (var i = 3; i < SieveLimit; i += 2)
        {
            if (composite[i]) continue;
            primes.Add(i);
            for (var j = (long)i * i; j < SieveLimit; j += 2L * i) composite[j] = true;
        }

        return [.. primes];
    }
}

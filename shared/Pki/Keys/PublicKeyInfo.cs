using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Pki;

/// <summary>A public key as certificates and requests carry it (SubjectPublicKeyInfo, RFC 5280, 4.1.2.7).</summary>
public sealed class PublicKeyInfo : IEquatable<PublicKeyInfo>
{
    /// <summary>Larger moduli are not computed with: they only serve to keep a server busy.</summary>
    public const int LargestRsaSize = 8192;

    /// <summary>Opening a key costs several times a check, so from the second check on it is kept: an issuer's, not a passer-by's.</summary>
    private volatile AsymmetricAlgorithm? _kept;

    private int _checks;

    private PublicKeyInfo(byte[] der, string algorithmOid, int sizeInBits, KeyPairKind? kind, byte[] keyIdentifier)
    {
        Der = der;
        AlgorithmOid = algorithmOid;
        SizeInBits = sizeInBits;
        Kind = kind;
        KeyIdentifier = keyIdentifier;
    }

    public byte[] Der { get; }

    /// <summary>rsaEncryption 1.2.840.113549.1.1.1, id-ecPublicKey 1.2.840.10045.2.1, or something else.</summary>
    public string AlgorithmOid { get; }

    public bool IsRsa => AlgorithmOid == Oids.RsaEncryption;

    public bool IsEcc => AlgorithmOid == Oids.EcPublicKey;

    /// <summary>Bits of the modulus or of the curve; 0 where the algorithm or curve is not known.</summary>
    public int SizeInBits { get; }

    /// <summary>Null where it is none of ours: RSA 1024, another curve, another algorithm.</summary>
    public KeyPairKind? Kind { get; }

    /// <summary>SHA-1 of the key bits: the SubjectKeyIdentifier by method 1 of RFC 5280, 4.2.1.2.</summary>
    public byte[] KeyIdentifier { get; }

    public override string ToString() =>
        Kind?.ToString() ?? (IsRsa ? $"RSA {SizeInBits}" : IsEcc ? "an elliptic curve that is not supported" : $"algorithm {AlgorithmOid}");

    public bool Equals(PublicKeyInfo? other) => other is not null && Der.AsSpan().SequenceEqual(other.Der);

    public override bool Equals(object? obj) => Equals(obj as PublicKeyInfo);

    public override int GetHashCode() => BitConverter.ToInt32(KeyIdentifier);

    /// <summary>Parses SubjectPublicKeyInfo.</summary>
    public static PublicKeyInfo Parse(ReadOnlySpan<byte> der)
    {
        var bytes = der.ToArray();
        return Malformed.Guard("The public key", () => Read(bytes));
    }

    /// <summary>False when the signature does not verify, or the algorithm does not fit the key or is not known.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm)
    {
        try
        {
            if (_kept is { } kept) return Verify(kept, data, signature, algorithm);
            AsymmetricAlgorithm? key = CanUseRsa ? OpenRsa() : CanUseEcc ? OpenEcdsa() : null;
            if (key is null) return false;
            var keep = Interlocked.Increment(ref _checks) == 2;
            try
            {
                return Verify(key, data, signature, algorithm);
            }
            finally
            {
                if (keep) _kept = key;
                else key.Dispose();
            }
        }
        catch (CryptographicException)
        {
            return false; // a key or signature that the platform refuses to compute with has not signed anything
        }
    }

    /// <summary>The key for encryption and signature checks; dispose it.</summary>
    public RSA OpenRsa()
    {
        if (!CanUseRsa) throw new PkiException($"The public key is {this}, not an RSA key of at most {LargestRsaSize} bits.");
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Der, out _);
        return rsa;
    }

    /// <summary>The key for signature checks; dispose it.</summary>
    public ECDsa OpenEcdsa()
    {
        if (!CanUseEcc) throw new PkiException($"The public key is {this}, not one on a supported elliptic curve.");
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(Der, out _);
        return ecdsa;
    }

    private bool CanUseEcc => IsEcc && Kind is not null;

    private bool CanUseRsa => IsRsa && SizeInBits is >= 512 and <= LargestRsaSize;

    private static bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm) => (key, algorithm.Scheme) switch
    {
        (RSA rsa, SignatureScheme.RsaPkcs1) => rsa.VerifyData(data, signature, algorithm.Hash, RSASignaturePadding.Pkcs1),
        (RSA rsa, SignatureScheme.RsaPss) => PssSignature.Verify(rsa, data, signature, algorithm.Hash, algorithm.SaltLength),
        (ECDsa ecdsa, SignatureScheme.Ecdsa) => ecdsa.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence),
        _ => false,
    };

    private static PublicKeyInfo Read(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var sequence = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var algorithm = sequence.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var key = sequence.ReadBitString(out _);
        sequence.ThrowIfNotEmpty();

        var (size, kind) = oid switch
        {
            Oids.RsaEncryption => RsaSize(key),
            Oids.EcPublicKey => Curve(algorithm),
            _ => (0, null),
        };
        return new PublicKeyInfo(der, oid, size, kind, Sha1Name.Of(key));
    }

    private static (int, KeyPairKind?) RsaSize(byte[] key)
    {
        var reader = new AsnReader(key, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var modulus = sequence.ReadIntegerBytes().Span;
        var exponent = sequence.ReadIntegerBytes().Span;
        sequence.ThrowIfNotEmpty();
        if (modulus[0] >= 0x80 || exponent[0] >= 0x80) throw new PkiException("The RSA key has a negative modulus or exponent.");
        if (exponent.Length > 9) throw new PkiException("The RSA key has an exponent of more than 64 bits.");
        var e = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
        if (e < 3 || e.IsEven) throw new PkiException($"The RSA key has the exponent {e}; it must be odd and at least 3.");
        if (modulus[0] == 0) modulus = modulus[1..];
        if (modulus.IsEmpty) throw new PkiException("The RSA key has a modulus of zero.");
        var bits = modulus.Length * 8 - BitOperations.LeadingZeroCount(modulus[0]) + 24;
        return (bits, KeyPairKinds.OfRsaSize(bits));
    }

    private static (int, KeyPairKind?) Curve(AsnReader algorithm)
    {
        if (!algorithm.HasData || !algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)) return (0, null);
        var kind = KeyPairKinds.OfCurve(algorithm.ReadObjectIdentifier());
        return (kind?.SizeInBits() ?? 0, kind);
    }
}

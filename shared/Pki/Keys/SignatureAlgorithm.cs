using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Pki;

/// <summary>How a signature is made.</summary>
public enum SignatureScheme
{
    /// <summary>Not one that is known here; nothing verifies under it.</summary>
    Unknown,
    RsaPkcs1,
    RsaPss,
    Ecdsa,
}

/// <summary>The signature algorithm of a certificate, request or list (RFC 4055, RFC 5758).</summary>
public sealed record SignatureAlgorithm(string Oid, SignatureScheme Scheme, HashAlgorithmName Hash, int SaltLength = 0)
{
    private static readonly Dictionary<string, (SignatureScheme, HashAlgorithmName)> Known = new(StringComparer.Ordinal)
    {
        [Oids.Sha1Rsa] = (SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA1),
        [Oids.Sha256Rsa] = (SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA256),
        [Oids.Sha384Rsa] = (SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA384),
        [Oids.Sha512Rsa] = (SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA512),
        [Oids.Sha1Ecdsa] = (SignatureScheme.Ecdsa, HashAlgorithmName.SHA1),
        [Oids.Sha256Ecdsa] = (SignatureScheme.Ecdsa, HashAlgorithmName.SHA256),
        [Oids.Sha384Ecdsa] = (SignatureScheme.Ecdsa, HashAlgorithmName.SHA384),
        [Oids.Sha512Ecdsa] = (SignatureScheme.Ecdsa, HashAlgorithmName.SHA512),
    };

    /// <summary>SHA-1 and everything not known here: too weak to be relied on today.</summary>
    public bool IsWeak => Scheme == SignatureScheme.Unknown || Hash == HashAlgorithmName.SHA1;

    public override string ToString() => Scheme == SignatureScheme.Unknown ? $"unknown ({Oid})" : $"{Scheme} with {Hash.Name}";

    /// <summary>The algorithm a key of this kind signs with: PKCS#1 v1.5 with SHA-256, or ECDSA with the hash of the curve's size.</summary>
    internal static SignatureAlgorithm For(KeyPairKind kind) => kind.IsRsa()
        ? new(Oids.Sha256Rsa, SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA256)
        : kind.SizeInBits() == 384
            ? new(Oids.Sha384Ecdsa, SignatureScheme.Ecdsa, HashAlgorithmName.SHA384)
            : new(Oids.Sha256Ecdsa, SignatureScheme.Ecdsa, HashAlgorithmName.SHA256);

    internal void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oid);
            if (Scheme == SignatureScheme.RsaPkcs1) writer.WriteNull();
        }
    }

    internal static SignatureAlgorithm Read(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        if (Known.TryGetValue(oid, out var known))
        {
            if (known.Item1 == SignatureScheme.RsaPkcs1 && sequence.HasData) sequence.ReadNull();
            sequence.ThrowIfNotEmpty();
            return new(oid, known.Item1, known.Item2);
        }

        if (oid == Oids.RsaPss && sequence.HasData) return ReadPss(sequence.ReadSequence());
        return new(oid, SignatureScheme.Unknown, default);
    }

    /// <summary>RSASSA-PSS-params (RFC 4055, 3.1); only those where both hashes are the same and known are usable.</summary>
    private static SignatureAlgorithm ReadPss(AsnReader parameters)
    {
        string hash = Oids.Sha1, maskHash = Oids.Sha1, mask = Oids.Mgf1;
        var salt = 20;
        if (Next(0) is { } hashField) hash = hashField.ReadSequence().ReadObjectIdentifier();
        if (Next(1) is { } maskField)
        {
            var sequence = maskField.ReadSequence();
            mask = sequence.ReadObjectIdentifier();
            maskHash = sequence.HasData ? sequence.ReadSequence().ReadObjectIdentifier() : "";
        }

        if (Next(2) is { } saltField && !saltField.TryReadInt32(out salt)) salt = -1;
        var name = HashOf(hash);
        return mask == Oids.Mgf1 && hash == maskHash && name is { } known && salt is >= 0 and <= 1024
            ? new(Oids.RsaPss, SignatureScheme.RsaPss, known, salt)
            : new(Oids.RsaPss, SignatureScheme.Unknown, default);

        AsnReader? Next(int tag)
        {
            var context = new Asn1Tag(TagClass.ContextSpecific, tag);
            return parameters.HasData && parameters.PeekTag().HasSameClassAndValue(context) ? parameters.ReadSequence(context) : null;
        }
    }

    private static HashAlgorithmName? HashOf(string oid) => oid switch
    {
        Oids.Sha1 => HashAlgorithmName.SHA1,
        Oids.Sha256 => HashAlgorithmName.SHA256,
        Oids.Sha384 => HashAlgorithmName.SHA384,
        Oids.Sha512 => HashAlgorithmName.SHA512,
        _ => null,
    };
}

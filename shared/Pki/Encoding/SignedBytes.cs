using System.Formats.Asn1;

namespace Pki;

/// <summary>The frame around every certificate, request and revocation list: content, algorithm, signature (RFC 5280, 4.1).</summary>
internal sealed record SignedBytes(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> AlgorithmBytes, SignatureAlgorithm Algorithm, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Certificates and lists repeat the algorithm inside the signed part; a difference means that someone changed the outer one.</summary>
    public void RequireSameAlgorithm(AsnReader content, string what)
    {
        if (!content.ReadEncodedValue().Span.SequenceEqual(AlgorithmBytes.Span)) throw new PkiException($"{what} names two different signature algorithms.");
    }

    /// <summary>A signature that held once holds for ever: a server judges a thousand clients by one CA and one revocation list.</summary>
    private volatile PublicKeyInfo? _signer;

    public bool IsSignedBy(PublicKeyInfo key)
    {
        if (_signer is { } known && known.Equals(key)) return true;
        if (!key.Verify(Content.Span, Signature.Span, Algorithm)) return false;
        _signer = key;
        return true;
    }

    public static byte[] Write(ReadOnlySpan<byte> content, KeyPair signer)
    {
        var signature = signer.Sign(content);
        var writer = new AsnWriter(AsnEncodingRules.DER, content.Length + signature.Length + 64);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            signer.SignatureAlgorithm.Write(writer);
            writer.WriteBitString(signature);
        }

        return writer.Encode();
    }

    public static SignedBytes Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var sequence = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var content = sequence.ReadEncodedValue();
        var algorithmBytes = sequence.ReadEncodedValue();
        var algorithm = SignatureAlgorithm.Read(new AsnReader(algorithmBytes, AsnEncodingRules.DER));
        var signature = sequence.ReadBitString(out var unused);
        if (unused != 0) throw new PkiException("The signature is not a whole number of bytes.");
        sequence.ThrowIfNotEmpty();
        return new SignedBytes(content, algorithmBytes, algorithm, signature);
    }
}

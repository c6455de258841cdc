using System.Formats.Asn1;

namespace Pki;

/// <summary>A certificate followed by its issuers in one byte string, leaf first (Part 6, 6.2.6).</summary>
public static class CertificateChainBytes
{
    public const int LongestChain = 10;

    /// <summary>Cuts the bytes at the certificate borders without reading the certificates.</summary>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> chain)
    {
        var parts = new List<byte[]>();
        while (!chain.IsEmpty)
        {
            if (parts.Count == LongestChain) throw new PkiException($"The certificate chain has more than {LongestChain} certificates.");
            if (!AsnDecoder.TryReadEncodedValue(chain, AsnEncodingRules.DER, out var tag, out _, out _, out var length) || !tag.HasSameClassAndValue(Asn1Tag.Sequence))
            {
                throw new PkiException($"The certificate chain has bytes that are no certificate at position {parts.Count + 1}.");
            }

            if (length > ApplicationCertificate.LargestSize) throw new PkiException($"A certificate of the chain has {length} bytes; at most {ApplicationCertificate.LargestSize} are read.");
            parts.Add(chain[..length].ToArray());
            chain = chain[length..];
        }

        return parts.Count > 0 ? parts : throw new PkiException("The certificate chain is empty.");
    }

    /// <summary>The chain read: the leaf, then its issuers.</summary>
    public static IReadOnlyList<ApplicationCertificate> Parse(ReadOnlySpan<byte> chain) => [.. Split(chain).Select(der => ApplicationCertificate.Parse(der))];

    public static byte[] Join(IEnumerable<ApplicationCertificate> chain) => [.. chain.SelectMany(c => c.Der)];

    public static byte[] Join(IEnumerable<byte[]> chain) => [.. chain.SelectMany(der => der)];
}

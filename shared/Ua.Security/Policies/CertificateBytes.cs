using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pki;
using Ua.Core;

namespace Ua.Security;

/// <summary>A certificate field of a message: DER of the leaf, then of its issuers, one behind the other (Part 6, 6.2.6).</summary>
public static class CertificateBytes
{
    /// <summary>The first certificate of a chain; all bytes where they do not begin with a DER structure.</summary>
    public static ReadOnlySpan<byte> Leaf(ReadOnlySpan<byte> chain) =>
        AsnDecoder.TryReadEncodedValue(chain, AsnEncodingRules.DER, out _, out _, out _, out var length) ? chain[..length] : chain;

    /// <summary>SHA-1 of the first certificate, as ReceiverCertificateThumbprint has it.</summary>
    public static byte[] Thumbprint(ReadOnlySpan<byte> chain) => Sha1Name.Of(Leaf(chain));

    /// <summary>The first certificate, to be disposed by the caller.</summary>
    /// <exception cref="UaException">Bad_CertificateInvalid where the bytes are no certificate.</exception>
    public static X509Certificate2 ParseLeaf(ReadOnlySpan<byte> chain)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(Leaf(chain));
        }
        catch (CryptographicException e)
        {
            throw new UaException(StatusCodes.BadCertificateInvalid, "The certificate cannot be read.", e);
        }
    }
}

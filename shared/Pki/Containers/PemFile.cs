using System.Security.Cryptography;
using System.Text;

namespace Pki;

/// <summary>PEM files with certificates and keys (RFC 7468), and files of which nobody knows whether they are PEM or DER.</summary>
public static class PemFile
{
    public const string CertificateLabel = "CERTIFICATE";

    /// <summary>One block per certificate, leaf first, each line ended.</summary>
    public static string Write(params IEnumerable<ApplicationCertificate> certificates)
    {
        var text = new StringBuilder();
        foreach (var certificate in certificates) text.Append(PemEncoding.WriteString(CertificateLabel, certificate.Der)).Append('\n');
        return text.ToString();
    }

    /// <summary>The key block and then the certificates; the key is encrypted where a password is given.</summary>
    public static string Write(ApplicationCertificate certificate, KeyPair key, IEnumerable<ApplicationCertificate> issuers, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.Matches(certificate.PublicKey)) throw new PkiException($"The private key does not belong to the certificate '{certificate.Subject}'.");
        var keyText = string.IsNullOrEmpty(password) ? key.ExportPem() : key.ExportEncryptedPem(password);
        return keyText + "\n" + Write([certificate, .. issuers]);
    }

    public static string WriteCrl(CertificateRevocationList list) => PemEncoding.WriteString("X509 CRL", list.Der) + "\n";

    /// <summary>All certificates of a PEM or DER file, in the order of the file.</summary>
    public static IReadOnlyList<ApplicationCertificate> ReadCertificates(ReadOnlySpan<byte> content)
    {
        if (!PemBlock.LooksLikePem(content)) return CertificateChainBytes.Parse(content);
        var blocks = Blocks("The certificate file", content);
        var certificates = blocks.Where(b => b.Label is CertificateLabel or "X509 CERTIFICATE").Select(b => ApplicationCertificate.Parse(b.Data)).ToList();
        return certificates.Count > 0 ? certificates : throw new PkiException("The PEM text has no certificate.");
    }

    /// <summary>A file with both: the key, its certificate, and the rest as issuers.</summary>
    public static CertificateWithKey Read(ReadOnlySpan<byte> content, ReadOnlySpan<char> password = default)
    {
        var certificates = ReadCertificates(content);
        var key = KeyPair.Import(content, password);
        var own = certificates.FirstOrDefault(c => key.Matches(c.PublicKey));
        if (own is not null) return new CertificateWithKey(own, key, [.. certificates.Where(c => !c.Equals(own))]);
        key.Dispose();
        throw new PkiException("The PEM text has a private key but not its certificate.");
    }

    private static List<PemBlock> Blocks(string what, ReadOnlySpan<byte> content)
    {
        var text = Encoding.UTF8.GetString(content);
        return Malformed.Guard(what, () => PemBlock.ReadAll(text));
    }
}

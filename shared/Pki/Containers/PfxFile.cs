using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>PKCS#12 containers (Part 12, 7.9.4, format PFX): AES-256 and SHA-256 throughout, readable by OpenSSL 3 as it comes.</summary>
public static class PfxFile
{
    public const int LargestSize = 1024 * 1024;

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    public static byte[] Build(ApplicationCertificate certificate, KeyPair key, IEnumerable<ApplicationCertificate> issuers, string password)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        var all = new X509Certificate2Collection();
        try
        {
            all.Add(certificate.ToX509(key));
            foreach (var issuer in issuers) all.Add(issuer.ToX509());
            return all.ExportPkcs12(Encryption, password);
        }
        finally
        {
            foreach (var each in all) each.Dispose();
        }
    }

    /// <summary>Whether bytes have the outer form of a container, whatever the file is called: a sequence that begins with version 3 (RFC 7292, 4).</summary>
    public static bool LooksLikePfx(ReadOnlySpan<byte> content)
    {
        try
        {
            var outer = new AsnReader(content.ToArray(), AsnEncodingRules.BER).ReadSequence();
            return outer.PeekTag().HasSameClassAndValue(Asn1Tag.Integer) && outer.ReadInteger() == 3;
        }
        catch (AsnContentException)
        {
            return false; // the question that was asked
        }
    }

    /// <summary>Reads the container; the certificate whose key is inside comes first, the others are its issuers.</summary>
    public static CertificateWithKey Read(ReadOnlySpan<byte> pfx, string password)
    {
        if (pfx.Length > LargestSize) throw new PkiException($"The PFX has {pfx.Length} bytes; at most {LargestSize} are read.");
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(pfx, password, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException e)
        {
            throw new PkiException("The PFX cannot be opened: the password is wrong or the file is damaged.", e);
        }

        try
        {
            var owner = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new PkiException("The PFX has no private key.");
            var issuers = all.Where(c => c != owner).Select(c => ApplicationCertificate.Parse(c.RawData)).ToList();
            return new CertificateWithKey(ApplicationCertificate.Parse(owner.RawData), KeyOf(owner), issuers);
        }
        finally
        {
            foreach (var each in all) each.Dispose();
        }
    }

    private static KeyPair KeyOf(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()
            ?? throw new PkiException("The PFX has a private key that is neither RSA nor on an elliptic curve.");
        var plain = key.ExportPkcs8PrivateKey();
        try
        {
            return KeyPair.Import(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

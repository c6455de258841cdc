using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Pki;

/// <summary>An entry of a keystore: its alias, the key, its certificate and the issuers that lie beside it.</summary>
public sealed record KeystoreEntry(string Alias, CertificateWithKey Content);

/// <summary>
/// A PKCS#12 file with several entries under aliases, as Java programs keep them (RFC 7292). One entry is replaced; the
/// others, of whatever kind, go over unchanged.
/// </summary>
public sealed class Keystore
{
    private const int Iterations = 100_000;
    private const string FriendlyName = "1.2.840.113549.1.9.20";
    private const string LocalKeyId = "1.2.840.113549.1.9.21";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);

    private readonly List<Pkcs12SafeBag> _bags;
    private readonly string _password;

    private Keystore(List<Pkcs12SafeBag> bags, string password)
    {
        _bags = bags;
        _password = password;
    }

    public static Keystore Empty(string password) => new([], password);

    /// <exception cref="PkiException">The password is wrong or the file is damaged.</exception>
    public static Keystore Read(ReadOnlySpan<byte> content, string password)
    {
        if (content.Length > PfxFile.LargestSize) throw new PkiException($"The keystore has {content.Length} bytes; at most {PfxFile.LargestSize} are read.");
        try
        {
            var info = Pkcs12Info.Decode(content.ToArray(), out _, skipCopy: true);
            if (info.IntegrityMode != Pkcs12IntegrityMode.Password || !info.VerifyMac(password)) throw new PkiException("The keystore cannot be opened: the password is wrong or the file is damaged.");
            List<Pkcs12SafeBag> bags = [];
            foreach (var part in info.AuthenticatedSafe)
            {
                if (part.ConfidentialityMode == Pkcs12ConfidentialityMode.Password) part.Decrypt(password);
                else if (part.ConfidentialityMode != Pkcs12ConfidentialityMode.None) throw new PkiException("The keystore has a part that is encrypted for a certificate; only passwords are known.");
                bags.AddRange(part.GetBags());
            }

            return new Keystore(bags, password);
        }
        catch (CryptographicException e)
        {
            throw new PkiException($"The keystore cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>The entries with a private key, in the order of the file. The caller owns the keys.</summary>
    public IReadOnlyList<KeystoreEntry> Entries()
    {
        var certificates = _bags.OfType<Pkcs12CertBag>().Where(b => b.IsX509Certificate).Select(b => ApplicationCertificate.Parse(CertificateOf(b))).Distinct().ToList();
        List<KeystoreEntry> entries = [];
        foreach (var bag in _bags.Where(IsKey))
        {
            var key = KeyOf(bag);
            if (certificates.Find(c => key.Matches(c.PublicKey)) is { } own) entries.Add(new KeystoreEntry(AliasOf(bag) ?? "", new CertificateWithKey(own, key, IssuersOf(own, certificates))));
            else key.Dispose();
        }

        return entries;
    }

    /// <summary>The bytes of the keystore with this entry in the place of the one under the alias, or added.</summary>
    public byte[] With(string alias, ApplicationCertificate certificate, KeyPair key, IEnumerable<ApplicationCertificate> issuers)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.Matches(certificate.PublicKey)) throw new PkiException($"The private key does not belong to the certificate '{certificate.Subject}'.");
        var kept = _bags.Except(Of(alias)).ToList();
        var (keys, certificates) = Contents(kept);
        Name(keys.AddShroudedKey(Algorithm(key, out var algorithm), _password, Encryption), alias, certificate);
        algorithm.Dispose();
        Name(Add(certificates, certificate), alias, certificate);
        var present = kept.OfType<Pkcs12CertBag>().Where(b => b.IsX509Certificate).Select(b => ApplicationCertificate.Parse(CertificateOf(b))).ToHashSet();
        foreach (var issuer in issuers.Where(i => !i.Equals(certificate) && present.Add(i))) Add(certificates, issuer);
        return Seal(keys, certificates);
    }

    /// <summary>The bytes of the keystore without the entries under these aliases.</summary>
    public byte[] Without(IEnumerable<string> aliases)
    {
        var (keys, certificates) = Contents(_bags.Except(aliases.SelectMany(Of)));
        return Seal(keys, certificates);
    }

    private static (Pkcs12SafeContents Keys, Pkcs12SafeContents Certificates) Contents(IEnumerable<Pkcs12SafeBag> kept)
    {
        var keys = new Pkcs12SafeContents();
        var certificates = new Pkcs12SafeContents();
        foreach (var bag in kept) (bag is Pkcs12CertBag ? certificates : keys).AddSafeBag(bag);
        return (keys, certificates);
    }

    private byte[] Seal(Pkcs12SafeContents keys, Pkcs12SafeContents certificates)
    {
        var builder = new Pkcs12Builder();
        builder.AddSafeContentsUnencrypted(keys); // the keys in it are encrypted one by one
        builder.AddSafeContentsEncrypted(certificates, _password, Encryption);
        builder.SealWithMac(_password, HashAlgorithmName.SHA256, Iterations);
        return builder.Encode();
    }

    /// <summary>The key of an alias and its certificate: found by the name both carry, or by the id that ties them.</summary>
    private List<Pkcs12SafeBag> Of(string alias)
    {
        var key = _bags.Find(b => IsKey(b) && string.Equals(AliasOf(b), alias, StringComparison.OrdinalIgnoreCase));
        if (key is null) return [];
        var id = IdOf(key);
        return [key, .. _bags.OfType<Pkcs12CertBag>().Where(b => string.Equals(AliasOf(b), alias, StringComparison.OrdinalIgnoreCase) || (id is not null && IdOf(b) == id))];
    }

    /// <summary>A keystore may well have an empty password, which a key file may not.</summary>
    private KeyPair KeyOf(Pkcs12SafeBag bag)
    {
        if (bag is not Pkcs12ShroudedKeyBag shrouded) return KeyPair.Import(((Pkcs12KeyBag)bag).Pkcs8PrivateKey.Span);
        byte[] plain = [];
        try
        {
            plain = Pkcs8PrivateKeyInfo.DecryptAndDecode(_password, shrouded.EncryptedPkcs8PrivateKey, out _).Encode();
            return KeyPair.Import(plain);
        }
        catch (CryptographicException e)
        {
            throw new PkiException($"The key '{AliasOf(bag)}' of the keystore cannot be opened: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static List<ApplicationCertificate> IssuersOf(ApplicationCertificate leaf, List<ApplicationCertificate> all)
    {
        List<ApplicationCertificate> chain = [];
        var last = leaf;
        while (!last.IsSelfSigned && all.Find(c => c.IsIssuerOf(last) && !chain.Contains(c)) is { } next) chain.Add(last = next);
        return chain;
    }

    private static Pkcs12CertBag Add(Pkcs12SafeContents contents, ApplicationCertificate certificate)
    {
        using var x509 = certificate.ToX509();
        return contents.AddCertificate(x509);
    }

    private static AsymmetricAlgorithm Algorithm(KeyPair key, out AsymmetricAlgorithm algorithm)
    {
        algorithm = key.PublicKey.IsRsa ? RSA.Create() : ECDsa.Create();
        var plain = key.ExportPkcs8();
        try
        {
            algorithm.ImportPkcs8PrivateKey(plain, out _);
            return algorithm;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static void Name(Pkcs12SafeBag bag, string alias, ApplicationCertificate certificate)
    {
        var name = new AsnWriter(AsnEncodingRules.DER);
        name.WriteCharacterString(UniversalTagNumber.BMPString, alias);
        bag.Attributes.Add(new Pkcs9AttributeObject(FriendlyName, name.Encode()));
        bag.Attributes.Add(new Pkcs9LocalKeyId(certificate.ThumbprintBytes));
    }

    private static bool IsKey(Pkcs12SafeBag bag) => bag is Pkcs12ShroudedKeyBag or Pkcs12KeyBag;

    private static byte[] CertificateOf(Pkcs12CertBag bag) => new AsnReader(bag.EncodedCertificate, AsnEncodingRules.BER).ReadOctetString();

    private static string? AliasOf(Pkcs12SafeBag bag) =>
        Attribute(bag, FriendlyName) is { } value ? new AsnReader(value, AsnEncodingRules.BER).ReadCharacterString(UniversalTagNumber.BMPString) : null;

    private static string? IdOf(Pkcs12SafeBag bag) =>
        Attribute(bag, LocalKeyId) is { } value ? Convert.ToHexString(new AsnReader(value, AsnEncodingRules.BER).ReadOctetString()) : null;

    private static byte[]? Attribute(Pkcs12SafeBag bag, string oid) =>
        bag.Attributes.Cast<CryptographicAttributeObject>().FirstOrDefault(a => a.Oid.Value == oid) is { Values: [var first, ..] } ? first.RawData : null;
}

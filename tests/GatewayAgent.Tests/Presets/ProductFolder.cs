using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using TestKit;

namespace GatewayAgent.Tests.Presets;

/// <summary>A folder as a product makes it, by the lines of product-folders.txt and with nothing of our own writing.</summary>
internal sealed class ProductFolder : IDisposable
{
    public const string Password = "changeit";

    private static readonly Lazy<IReadOnlyList<ProductLines>> s_all = new(ReadAll);
    private static readonly Dictionary<string, Lazy<X509Certificate2>> s_certificates = new()
    {
        ["own"] = new(() => SelfSigned("Pump", Kit.Gateway.Uri)),
        ["peer"] = new(() => SelfSigned("Peer", "urn:plant:peer")),
        ["stranger"] = new(() => SelfSigned("Stranger", "urn:plant:stranger")),
        ["other"] = new(() => SelfSigned("Other application", "urn:plant:other")),
    };

    private readonly TempFolder _temp = new();

    public ProductFolder(int line)
    {
        Lines = s_all.Value[line];
        Root = _temp.File(Lines.Root.Split('/'));
        Directory.CreateDirectory(Root);
        foreach (var entry in Lines.Entries) Make(entry);
    }

    public static IReadOnlyList<ProductLines> All => s_all.Value;

    public static X509Certificate2 Own => s_certificates["own"].Value;

    public static X509Certificate2 Peer => s_certificates["peer"].Value;

    public static X509Certificate2 Stranger => s_certificates["stranger"].Value;

    public ProductLines Lines { get; }

    public string Root { get; }

    public TempFolder Temp => _temp;

    /// <summary>Paths of the files of one kind, as the product called them.</summary>
    public IReadOnlyList<string> FilesOf(string kind) => [.. Lines.Entries.Where(e => e.Kind.Split('.')[0] == kind).Select(PathOf)];

    public void Dispose() => _temp.Dispose();

    private string PathOf(ProductEntry entry)
    {
        var certificate = s_certificates.TryGetValue(entry.Kind.Split('.')[0], out var known) ? known.Value : Own;
        var path = entry.Path.Replace("{SHA1}", certificate.Thumbprint, StringComparison.Ordinal).Replace("{sha1}", certificate.Thumbprint.ToLowerInvariant(), StringComparison.Ordinal);
        return Path.Combine([Root, .. path.Split('/')]);
    }

    private void Make(ProductEntry entry)
    {
        var path = PathOf(entry);
        Directory.CreateDirectory(entry.Kind.Length == 0 ? path : Path.GetDirectoryName(path)!);
        if (entry.Kind.Length > 0) File.WriteAllBytes(path, Content(entry.Kind));
    }

    private static byte[] Content(string kind) => kind switch
    {
        "text" => "# not a certificate\n"u8.ToArray(),
        "key.pem" => System.Text.Encoding.ASCII.GetBytes(Own.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n"),
        "key.der" => Own.GetRSAPrivateKey()!.ExportPkcs8PrivateKey(),
        "pfx" => Own.Export(X509ContentType.Pkcs12, ""),
        "keystore" => Keystore(("server-ai", Own), ("other-ai", s_certificates["other"].Value)),
        _ when kind.EndsWith(".pem", StringComparison.Ordinal) => System.Text.Encoding.ASCII.GetBytes(s_certificates[kind[..^4]].Value.ExportCertificatePem() + "\n"),
        _ => s_certificates[kind[..^4]].Value.RawData,
    };

    private static byte[] Keystore(params (string Alias, X509Certificate2 Certificate)[] entries)
    {
        var builder = new Pkcs12Builder();
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048);
        var keys = new Pkcs12SafeContents();
        var certificates = new Pkcs12SafeContents();
        foreach (var (alias, certificate) in entries)
        {
            var name = new AsnWriter(AsnEncodingRules.DER);
            name.WriteCharacterString(UniversalTagNumber.BMPString, alias);
            var attribute = new Pkcs9AttributeObject("1.2.840.113549.1.9.20", name.Encode());
            var id = new Pkcs9LocalKeyId(certificate.GetCertHash());
            foreach (var bag in new Pkcs12SafeBag[] { keys.AddShroudedKey(certificate.GetRSAPrivateKey()!, Password, encryption), certificates.AddCertificate(certificate) })
            {
                bag.Attributes.Add(attribute);
                bag.Attributes.Add(id);
            }
        }

        builder.AddSafeContentsUnencrypted(keys);
        builder.AddSafeContentsEncrypted(certificates, Password, encryption);
        builder.SealWithMac(Password, HashAlgorithmName.SHA256, 2048);
        return builder.Encode();
    }

    private static X509Certificate2 SelfSigned(string name, string uri)
    {
        var request = new CertificateRequest($"CN={name}, O=Plant", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(uri));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static List<ProductLines> ReadAll()
    {
        List<ProductLines> all = [];
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Presets", "product-folders.txt")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.Split(" | ") is [var preset, var root]) all.Add(new ProductLines(preset, root, []));
            else all[^1].Entries.Add(EntryOf(line));
        }

        return all;
    }

    private static ProductEntry EntryOf(string line) =>
        line.EndsWith('/') ? new ProductEntry(line.TrimEnd('/'), "") : new ProductEntry(line[..line.LastIndexOf(' ')], line[(line.LastIndexOf(' ') + 1)..]);
}

internal sealed record ProductEntry(string Path, string Kind);

internal sealed record ProductLines(string Preset, string Root, List<ProductEntry> Entries);

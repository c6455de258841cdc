using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>A certificate of an application or of an authority, read once and immutable: no handle to dispose, every field at hand.</summary>
public sealed class ApplicationCertificate : IEquatable<ApplicationCertificate>
{
    /// <summary>A certificate with more bytes is refused before it is read.</summary>
    public const int LargestSize = 65_536;

    private readonly SignedBytes _signed;
    private readonly CertificateExtensions _extensions;
    private readonly Lazy<bool> _selfSigned;

    private ApplicationCertificate(byte[] der)
    {
        Der = der;
        _signed = SignedBytes.Read(der);
        var content = new AsnReader(_signed.Content, AsnEncodingRules.DER).ReadSequence();
        var versionTag = new Asn1Tag(TagClass.ContextSpecific, 0);
        Version = content.PeekTag().HasSameClassAndValue(versionTag) && content.ReadSequence(versionTag).TryReadInt32(out var version) ? version + 1 : 1;
        SerialNumberBytes = content.ReadIntegerBytes().ToArray();
        _signed.RequireSameAlgorithm(content, "The certificate");
        IssuerName = SubjectName.Read(content.ReadEncodedValue());
        var validity = content.ReadSequence();
        NotBefore = Asn1Time.Read(validity);
        NotAfter = Asn1Time.Read(validity);
        Name = SubjectName.Read(content.ReadEncodedValue());
        PublicKey = PublicKeyInfo.Parse(content.ReadEncodedValue().Span);
        _extensions = CertificateExtensions.Read(ReadExtensions(content));

        Subject = SubjectName.Format(Name);
        Issuer = SubjectName.Format(IssuerName);
        SerialNumber = SerialNumbers.ToText(SerialNumberBytes);
        ThumbprintBytes = Sha1Name.Of(der);
        Thumbprint = Convert.ToHexString(ThumbprintBytes);
        Sha256 = Convert.ToHexString(SHA256.HashData(der));
        IsSelfIssued = SubjectName.AreEqual(Name, IssuerName);
        _selfSigned = new Lazy<bool>(() => IsSelfIssued && _signed.IsSignedBy(PublicKey));
    }

    public byte[] Der { get; }

    public int Version { get; }

    public X500DistinguishedName Name { get; }

    public X500DistinguishedName IssuerName { get; }

    /// <summary>"CN=Pump 1, O=Plant".</summary>
    public string Subject { get; }

    public string Issuer { get; }

    public string? CommonName => SubjectName.CommonNameOf(Name);

    public byte[] SerialNumberBytes { get; }

    /// <summary>Upper-case hex.</summary>
    public string SerialNumber { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    /// <summary>SHA-1 of the certificate as 20 bytes: how the secure conversation names a receiver (Part 6, 6.7.2).</summary>
    public byte[] ThumbprintBytes { get; }

    /// <summary>SHA-1 as upper-case hex: how stores and people name it.</summary>
    public string Thumbprint { get; }

    /// <summary>SHA-256 as upper-case hex: what a pin compares.</summary>
    public string Sha256 { get; }

    public PublicKeyInfo PublicKey { get; }

    public SignatureAlgorithm SignatureAlgorithm => _signed.Algorithm;

    /// <summary>Null where the extension is missing.</summary>
    public X509KeyUsageFlags? KeyUsages => _extensions.KeyUsages;

    /// <summary>Null where the extension is missing.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsages => _extensions.ExtendedKeyUsages;

    /// <summary>Null where the extension is missing.</summary>
    public BasicConstraints? BasicConstraints => _extensions.BasicConstraints;

    public bool IsCertificateAuthority => BasicConstraints is { IsCertificateAuthority: true };

    public byte[]? SubjectKeyIdentifier => _extensions.SubjectKeyIdentifier;

    public byte[]? AuthorityKeyIdentifier => _extensions.AuthorityKeyIdentifier;

    /// <summary>Extensions marked critical that are not understood here: a validator refuses the certificate.</summary>
    public IReadOnlyList<string> UnknownCriticalExtensions => _extensions.UnknownCritical;

    public AlternativeNames AlternativeNames => _extensions.AlternativeNames;

    /// <summary>The first URI of SubjectAltName (Part 6, 6.2.2), or null.</summary>
    public string? ApplicationUri => AlternativeNames.Uris is [var first, ..] ? first : null;

    public IReadOnlyList<string> DnsNames => AlternativeNames.DnsNames;

    public IReadOnlyList<IPAddress> IpAddresses => AlternativeNames.IpAddresses;

    /// <summary>Issuer and subject are the same name.</summary>
    public bool IsSelfIssued { get; }

    /// <summary>Self-issued and signed by its own key.</summary>
    public bool IsSelfSigned => _selfSigned.Value;

    /// <summary>Reads exactly one certificate in DER.</summary>
    public static ApplicationCertificate Parse(ReadOnlySpan<byte> der)
    {
        if (der.IsEmpty) throw new PkiException("The certificate is empty.");
        if (der.Length > LargestSize) throw new PkiException($"The certificate has {der.Length} bytes; at most {LargestSize} are read.");
        var bytes = der.ToArray();
        return Malformed.Guard("The certificate", () => new ApplicationCertificate(bytes));
    }

    /// <summary>Whether the issuer's key made the signature; names, dates and usages are not looked at.</summary>
    public bool IsSignedBy(ApplicationCertificate issuer) => _signed.IsSignedBy(issuer.PublicKey);

    /// <summary>Whether this certificate may be the issuer by name and, where both carry it, by key identifier.</summary>
    public bool IsIssuerOf(ApplicationCertificate other) =>
        SubjectName.AreEqual(Name, other.IssuerName)
        && (SubjectKeyIdentifier is not { } own || other.AuthorityKeyIdentifier is not { } named || own.AsSpan().SequenceEqual(named));

    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    /// <summary>The platform's view of the certificate, for TLS; dispose it.</summary>
    public X509Certificate2 ToX509() => X509CertificateLoader.LoadCertificate(Der);

    /// <summary>The platform's view with its private key; dispose it.</summary>
    public X509Certificate2 ToX509(KeyPair key)
    {
        if (!key.Matches(PublicKey)) throw new PkiException($"The private key does not belong to the certificate '{Subject}'.");
        using var bare = ToX509();
        return key.Kind.IsRsa() ? bare.CopyWithPrivateKey(key.Rsa) : bare.CopyWithPrivateKey(key.Ecdsa);
    }

    public bool Equals(ApplicationCertificate? other) => other is not null && Der.AsSpan().SequenceEqual(other.Der);

    public override bool Equals(object? obj) => Equals(obj as ApplicationCertificate);

    public override int GetHashCode() => BitConverter.ToInt32(ThumbprintBytes);

    public override string ToString() => $"{Subject} [{Thumbprint}]";

    private static List<Extension> ReadExtensions(AsnReader content)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 3);
        while (content.HasData && !content.PeekTag().HasSameClassAndValue(tag)) content.ReadEncodedValue(); // the unique ids of version 2
        if (!content.HasData) return [];
        var extensions = Extension.ReadAll(content.ReadSequence(tag));
        content.ThrowIfNotEmpty();
        return extensions;
    }
}

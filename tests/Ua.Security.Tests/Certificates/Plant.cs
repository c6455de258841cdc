using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pki;

namespace Ua.Security.Certificates.Tests;

/// <summary>Keys, authorities and certificates in every shape, also in those that our own issuing code refuses to make.</summary>
internal static class Plant
{
    public const string Uri = "urn:host-7:plant:pump";

    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<RSA>[] Keys = [.. Enumerable.Range(0, 6).Select(_ => new Lazy<RSA>(() => RSA.Create(2048)))];

    /// <summary>RSA 2048, shared: making keys is what costs.</summary>
    public static RSA Key(int number) => Keys[number].Value;

    public static FakeTimeProvider Clock() => new(Now);

    public static Signer Root { get; } = Signer.SelfSigned(new Shape("Plant Root CA", Key(0)).AsAuthority());

    public static Signer Sub { get; } = Root.Issue(new Shape("Plant Sub CA", Key(1)).AsAuthority());

    public static CertificateRevocationList RootCrl { get; } = Root.Crl();

    public static CertificateRevocationList SubCrl { get; } = Sub.Crl();

    public static Shape Pump => new("Pump 1", Key(2));

    public static ApplicationCertificate SelfSigned(Shape shape) => Signer.SelfSigned(shape).Certificate;

    public static TrustLists Lists(
        IEnumerable<ApplicationCertificate>? trusted = null,
        IEnumerable<ApplicationCertificate>? issuers = null,
        IEnumerable<CertificateRevocationList>? crls = null) => new(
            (trusted ?? []).Select((c, i) => new TrustListCertificate(c, $"trusted/certs/{i}.der")),
            (crls ?? []).Select((c, i) => new TrustListCrl(c, $"trusted/crl/{i}.crl")),
            (issuers ?? []).Select((c, i) => new TrustListCertificate(c, $"issuer/certs/{i}.der")),
            []);

    /// <summary>Root and sub authority trusted, with current revocation lists.</summary>
    public static TrustLists Complete { get; } = Lists([Root.Certificate], [Sub.Certificate], [RootCrl, SubCrl]);

    public static CertificateCheck Client(params ApplicationCertificate[] chain) => new(CertificateChainBytes.Join(chain), PeerRole.Client) { ApplicationUri = Uri };

    public static CertificateCheck Server(ApplicationCertificate leaf, string host) => new(leaf.Der, PeerRole.Server) { ApplicationUri = Uri, HostName = host };

    public static CertificateValidator Validator(TrustLists lists, CertificateValidationOptions? options = null, TimeProvider? time = null) =>
        Validator(new PublishedTrustLists(lists), options, time);

    public static CertificateValidator Validator(ITrustListSource source, CertificateValidationOptions? options = null, TimeProvider? time = null, RejectedCertificates? rejected = null) =>
        new(source, options ?? new CertificateValidationOptions(), time ?? Clock(), NullLogger<CertificateValidator>.Instance, rejected);
}

/// <summary>What a certificate says; everything as a sound application has it unless changed.</summary>
internal sealed record Shape(string CommonName, AsymmetricAlgorithm Key)
{
    public string? Uri { get; init; } = Plant.Uri;

    public string[] Dns { get; init; } = ["host-7"];

    public string[] Addresses { get; init; } = ["192.0.2.7"];

    public DateTimeOffset From { get; init; } = Plant.Now.AddDays(-30);

    public DateTimeOffset To { get; init; } = Plant.Now.AddDays(300);

    public X509KeyUsageFlags? Usages { get; init; } = CertificateUsages.RsaApplication;

    public bool UsagesCritical { get; init; } = true;

    public string[] Extended { get; init; } = [CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication];

    public bool IsAuthority { get; init; }

    public int? PathLength { get; init; }

    public bool HasKeyIds { get; init; } = true;

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public string? CriticalExtension { get; init; }

    public Shape AsAuthority() => this with { IsAuthority = true, Usages = CertificateUsages.Authority, Extended = [], Uri = null, Dns = [], Addresses = [], To = Plant.Now.AddYears(9) };
}

/// <summary>A certificate with its private key that can issue others.</summary>
internal sealed record Signer(ApplicationCertificate Certificate, AsymmetricAlgorithm Key)
{
    private static int s_serial = 1000;

    public KeyPair Pair => Key is RSA rsa ? KeyPair.Import(rsa.ExportPkcs8PrivateKey()) : KeyPair.Import(((ECDsa)Key).ExportPkcs8PrivateKey());

    public static Signer SelfSigned(Shape shape)
    {
        var name = SubjectName.Build(shape.CommonName, organization: "Plant");
        return new Signer(Make(shape, name, name, shape.Key, null), shape.Key);
    }

    public Signer Issue(Shape shape) => new(Make(shape, SubjectName.Build(shape.CommonName, organization: "Plant"), Certificate.Name, Key, Certificate), shape.Key);

    public ApplicationCertificate Certify(Shape shape) => Issue(shape).Certificate;

    public CertificateRevocationList Crl(DateTimeOffset? thisUpdate = null, DateTimeOffset? nextUpdate = null, int number = 1, params ApplicationCertificate[] revoked) =>
        CertificateRevocationList.Parse(CertificateRevocationList.Create(
            Certificate, Pair, revoked.Select(c => new RevokedCertificate(c.SerialNumber, Plant.Now.AddDays(-1), RevocationReason.KeyCompromise)), number,
            thisUpdate ?? Plant.Now.AddDays(-2), nextUpdate ?? Plant.Now.AddDays(28)));

    private static ApplicationCertificate Make(Shape shape, X500DistinguishedName subject, X500DistinguishedName issuer, AsymmetricAlgorithm signer, ApplicationCertificate? issuerCertificate)
    {
        var request = shape.Key is RSA rsa
            ? new CertificateRequest(subject, rsa, shape.Hash, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)shape.Key, shape.Hash);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(shape.IsAuthority, shape.PathLength.HasValue, shape.PathLength ?? 0, critical: true));
        if (shape.Usages is { } usages) extensions.Add(new X509KeyUsageExtension(usages, shape.UsagesCritical));
        if (shape.Extended.Length > 0) extensions.Add(new X509EnhancedKeyUsageExtension([.. shape.Extended.Select(o => new Oid(o))], critical: false));
        if (shape.CriticalExtension is { } oid) extensions.Add(new X509Extension(oid, [0x05, 0x00], critical: true));
        AddNames(shape, extensions);
        if (shape.HasKeyIds) AddKeyIds(request, extensions, issuerCertificate);

        var generator = shape.Hash == HashAlgorithmName.SHA1 ? new Sha1Signatures((RSA)signer)
            : signer is RSA key ? X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)signer);
        var serial = BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Interlocked.Increment(ref s_serial)));
        using var certificate = request.Create(issuer, generator, shape.From, shape.To, serial);
        return ApplicationCertificate.Parse(certificate.RawData);
    }

    private static void AddNames(Shape shape, System.Collections.ObjectModel.Collection<X509Extension> extensions)
    {
        if (shape.Uri is null && shape.Dns.Length == 0 && shape.Addresses.Length == 0) return;
        var names = new SubjectAlternativeNameBuilder();
        if (shape.Uri is not null) names.AddUri(new Uri(shape.Uri));
        foreach (var dns in shape.Dns) names.AddDnsName(dns);
        foreach (var address in shape.Addresses) names.AddIpAddress(System.Net.IPAddress.Parse(address));
        extensions.Add(names.Build());
    }

    private static void AddKeyIds(CertificateRequest request, System.Collections.ObjectModel.Collection<X509Extension> extensions, ApplicationCertificate? issuer)
    {
        var own = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        extensions.Add(own);
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuer?.SubjectKeyIdentifier ?? own.SubjectKeyIdentifierBytes.ToArray()));
    }
}

/// <summary>Signatures that the base library does not make any more, and that must be refused.</summary>
internal sealed class Sha1Signatures(RSA key) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05, 0x05, 0x00]; // sha1WithRSAEncryption

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

    protected override PublicKey BuildPublicKey() => new(key);
}

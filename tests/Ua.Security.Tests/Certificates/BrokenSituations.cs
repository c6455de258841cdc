using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pki;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

/// <summary>One thing that is wrong, the code that Part 4, 6.1.3 gives it, and a part of the sentence that a person reads.</summary>
internal sealed record BrokenSituation(string Name, StatusCode Code, string Says, Func<(CertificateCheck Check, TrustLists Lists)> Arrange);

internal static class BrokenSituations
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    public static IReadOnlyList<BrokenSituation> All { get; } =
    [
        .. Structure(), .. Chain(), .. Policy(), .. Trust(), .. Dates(), .. Names(), .. Usages(), .. RevocationLists(), .. Revoked(),
    ];

    private static IEnumerable<BrokenSituation> Structure()
    {
        var code = StatusCodes.BadCertificateInvalid;
        var pump = Plant.SelfSigned(Plant.Pump);
        yield return new("no bytes", code, "empty", () => (Raw([]), Plant.Complete));
        yield return new("random bytes", code, "no certificate", () => (Raw(RandomNumberGenerator.GetBytes(400).Prepend((byte)0x01).ToArray()), Plant.Complete));
        yield return new("a truncated certificate", code, "no certificate at position 1", () => (Raw(pump.Der[..^20]), Plant.Complete));
        yield return new("bytes behind the certificate", code, "no certificate at position 2", () => (Raw([.. pump.Der, 1, 2, 3]), Plant.Lists([pump])));
        yield return new("a sequence that is no certificate", code, "cannot be read", () => (Raw([0x30, 0x03, 0x02, 0x01, 0x05]), Plant.Complete));
        yield return new("eleven certificates", code, "more than 10", () => (Plant.Client([.. Enumerable.Repeat(pump, 11)]), Plant.Lists([pump])));
        yield return new("a certificate that names a length of two gigabytes", code, "no certificate", () => (Raw([0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x30]), Plant.Complete));
    }

    private static IEnumerable<BrokenSituation> Chain()
    {
        var leaf = Plant.Sub.Certify(Plant.Pump);
        yield return new("an issuer that nobody knows", StatusCodes.BadCertificateChainIncomplete, "The issuer 'CN=Plant Sub CA, O=Plant'", () => (Plant.Client(leaf), Plant.Lists()));
        yield return new("a root that is missing", StatusCodes.BadCertificateChainIncomplete, "The issuer 'CN=Plant Root CA, O=Plant' of the certificate 'CN=Plant Sub CA, O=Plant'",
            () => (Plant.Client(leaf), Plant.Lists([Plant.Sub.Certificate], crls: [Plant.SubCrl])));
        yield return new("authorities that issued each other", StatusCodes.BadCertificateChainIncomplete, "in a circle", Circle);
        yield return new("a chain without end", StatusCodes.BadCertificateChainIncomplete, "more than 10 certificates", LongChain);
        yield return new("a self-signed certificate with a wrong signature", StatusCodes.BadCertificateInvalid, "claims to be signed by itself", () => (Raw(Tampered(Plant.SelfSigned(Plant.Pump))), Plant.Complete));
        yield return new("a leaf with a wrong signature", StatusCodes.BadCertificateInvalid, "was not made by its issuer 'CN=Plant Sub CA, O=Plant'", () => (Raw(Tampered(leaf)), Plant.Complete));
        yield return new("a leaf of a false authority with the right name", StatusCodes.BadCertificateInvalid, "was not made by its issuer",
            () => (Plant.Client(Signer.SelfSigned(new Shape("Plant Root CA", Plant.Key(3)).AsAuthority()).Certify(Plant.Pump)), Plant.Complete));
    }

    private static IEnumerable<BrokenSituation> Policy()
    {
        var code = StatusCodes.BadCertificatePolicyCheckFailed;
        yield return new("an RSA key of 1024 bits", code, "has an RSA key of 1024 bits", () => Trusted(Plant.Pump with { Key = RSA.Create(1024) }));
        yield return new("a SHA-1 signature", code, "is signed with RsaPkcs1 with SHA1", () => Trusted(Plant.Pump with { Hash = HashAlgorithmName.SHA1 }));
        yield return new("a key larger than the policy allows", code, "has an RSA key of 3072 bits; Basic256 allows 1024 to 2048",
            () => WithRule(Plant.Pump with { Key = RSA.Create(3072) }, "Basic256"));
        yield return new("an elliptic key under an RSA policy", code, "which Basic256Sha256 does not allow",
            () => WithRule(Plant.Pump with { Key = ECDsa.Create(ECCurve.NamedCurves.nistP256), Usages = X509KeyUsageFlags.DigitalSignature }, "Basic256Sha256"));
        yield return new("an authority certified with SHA-1", code, "'CN=Old Sub CA, O=Plant'", () =>
        {
            var old = Plant.Root.Issue(new Shape("Old Sub CA", Plant.Key(3)) { Hash = HashAlgorithmName.SHA1 }.AsAuthority());
            return (Plant.Client(old.Certify(Plant.Pump)), Plant.Lists([Plant.Root.Certificate], [old.Certificate], [Plant.RootCrl, old.Crl()]));
        });
    }

    private static IEnumerable<BrokenSituation> Trust()
    {
        var code = StatusCodes.BadCertificateUntrusted;
        var leaf = Plant.Sub.Certify(Plant.Pump);
        yield return new("a self-signed stranger", code, "is not in the trusted list", () => (Plant.Client(Plant.SelfSigned(Plant.Pump)), Plant.Complete));
        yield return new("authorities in the issuer list only", code, "(issuer/certs/0.der); issuer lists",
            () => (Plant.Client(leaf), Plant.Lists(issuers: [Plant.Root.Certificate, Plant.Sub.Certificate], crls: [Plant.RootCrl, Plant.SubCrl])));
        yield return new("authorities that the peer brought along", code, "sent by the peer",
            () => (Plant.Client(leaf, Plant.Sub.Certificate, Plant.Root.Certificate), Plant.Lists(crls: [Plant.RootCrl, Plant.SubCrl])));
        yield return new("another certificate of a trusted name", code, "is not in the trusted list",
            () => (Plant.Client(Plant.SelfSigned(Plant.Pump)), Plant.Lists([Plant.SelfSigned(Plant.Pump)])));
    }

    private static IEnumerable<BrokenSituation> Dates()
    {
        yield return new("an expired leaf", StatusCodes.BadCertificateTimeInvalid, "expired on 2026-05-31 12:00:00Z; it is now 2026-06-01 12:00:00Z", () => Trusted(Plant.Pump with { To = Plant.Now.AddDays(-1) }));
        yield return new("a leaf of the future", StatusCodes.BadCertificateTimeInvalid, "is not valid before 2026-06-01 12:00:01Z", () => Trusted(Plant.Pump with { From = Plant.Now.AddSeconds(1) }));
        yield return new("an expired authority", StatusCodes.BadCertificateIssuerTimeInvalid, "issuer certificate 'CN=Old CA, O=Plant'", () =>
        {
            var old = Signer.SelfSigned(new Shape("Old CA", Plant.Key(3)).AsAuthority() with { To = Plant.Now.AddHours(-1) });
            return (Plant.Client(old.Certify(Plant.Pump)), Plant.Lists([old.Certificate], crls: [old.Crl()]));
        });
    }

    private static IEnumerable<BrokenSituation> Names()
    {
        var pump = Plant.SelfSigned(Plant.Pump);
        var nameless = Plant.SelfSigned(Plant.Pump with { Dns = [], Addresses = [] });
        yield return new("another host", StatusCodes.BadCertificateHostNameInvalid, "does not name the host 'host-8'; it names 'host-7', '192.0.2.7'", () => (Plant.Server(pump, "host-8"), Plant.Lists([pump])));
        yield return new("another address", StatusCodes.BadCertificateHostNameInvalid, "'192.0.2.8'", () => (Plant.Server(pump, "192.0.2.8"), Plant.Lists([pump])));
        yield return new("a name that only begins alike", StatusCodes.BadCertificateHostNameInvalid, "'host-7.evil.example'", () => (Plant.Server(pump, "host-7.evil.example"), Plant.Lists([pump])));
        yield return new("no host at all", StatusCodes.BadCertificateHostNameInvalid, "it names no host at all", () => (Plant.Server(nameless, "host-7"), Plant.Lists([nameless])));
        yield return new("another ApplicationUri", StatusCodes.BadCertificateUriInvalid, "carries the ApplicationUri 'urn:other'", () => Trusted(Plant.Pump with { Uri = "urn:other" }));
        yield return new("an ApplicationUri in another case", StatusCodes.BadCertificateUriInvalid, $"but the peer states '{Plant.Uri}'", () => Trusted(Plant.Pump with { Uri = "urn:host-7:plant:PUMP" }));
        yield return new("no ApplicationUri", StatusCodes.BadCertificateUriInvalid, "carries no ApplicationUri", () => Trusted(Plant.Pump with { Uri = null }));
    }

    private static IEnumerable<BrokenSituation> Usages()
    {
        var leaf = StatusCodes.BadCertificateUseNotAllowed;
        var issuer = StatusCodes.BadCertificateIssuerUseNotAllowed;
        yield return new("a leaf that may not encrypt", leaf, "lacks the key usage DataEncipherment, KeyEncipherment", () => Trusted(Plant.Pump with { Usages = X509KeyUsageFlags.DigitalSignature }));
        yield return new("a leaf without key usage", leaf, "has no key usage", () => Trusted(Plant.Pump with { Usages = null }));
        yield return new("a certificate for signing code", leaf, "neither client nor server authentication", () => Trusted(Plant.Pump with { Extended = [CodeSigning] }));
        yield return new("an authority as an application", leaf, "is one of an authority", () => (Plant.Client(Plant.Sub.Certificate) with { ApplicationUri = null }, Plant.Complete));
        yield return new("a critical extension that nobody knows", leaf, "has the critical extension 1.2.3.4.5", () => Trusted(Plant.Pump with { CriticalExtension = "1.2.3.4.5" }));
        yield return new("an application that issues", issuer, "without being an authority", () => Issued(new Shape("Not a CA", Plant.Key(3))));
        yield return new("an authority that may not issue", issuer, "lacks the key usage KeyCertSign", () => Issued(new Shape("Weak CA", Plant.Key(3)).AsAuthority() with { Usages = X509KeyUsageFlags.CrlSign }));
        yield return new("an authority with critical name constraints", issuer, "has the critical extension 2.5.29.30", () => Issued(new Shape("Bound CA", Plant.Key(3)).AsAuthority() with { CriticalExtension = "2.5.29.30" }));
        yield return new("a chain deeper than its root allows", issuer, "allows 0 authorities below it, but the chain has 1", () =>
        {
            var flat = Signer.SelfSigned(new Shape("Flat Root", Plant.Key(3)).AsAuthority() with { PathLength = 0 });
            var sub = flat.Issue(new Shape("Sub of Flat", Plant.Key(4)).AsAuthority());
            return (Plant.Client(sub.Certify(Plant.Pump)), Plant.Lists([flat.Certificate], [sub.Certificate], [flat.Crl(), sub.Crl()]));
        });
    }

    private static IEnumerable<BrokenSituation> RevocationLists()
    {
        var code = StatusCodes.BadCertificateRevocationUnknown;
        var leaf = Plant.Sub.Certify(Plant.Pump);
        TrustLists With(params CertificateRevocationList[] crls) => Plant.Lists([Plant.Root.Certificate], [Plant.Sub.Certificate], crls);
        yield return new("an authority without revocation list", code, "There is no revocation list of the authority 'CN=Plant Sub CA, O=Plant'", () => (Plant.Client(leaf), With(Plant.RootCrl)));
        yield return new("a root without revocation list", StatusCodes.BadCertificateIssuerRevocationUnknown, "There is no revocation list of the authority 'CN=Plant Root CA, O=Plant'", () => (Plant.Client(leaf), With(Plant.SubCrl)));
        yield return new("an expired revocation list", code, "in trusted/crl/1.crl expired on 2026-05-31 12:00:00Z (its nextUpdate", () => (Plant.Client(leaf), With(Plant.RootCrl, Plant.Sub.Crl(nextUpdate: Plant.Now.AddDays(-1)))));
        yield return new("an expired revocation list of the root", StatusCodes.BadCertificateIssuerRevocationUnknown, "in trusted/crl/1.crl expired on", () => (Plant.Client(leaf), With(Plant.SubCrl, Plant.Root.Crl(nextUpdate: Plant.Now.AddDays(-1)))));
        yield return new("a revocation list of the future", code, "is not valid before 2026-06-02", () => (Plant.Client(leaf), With(Plant.RootCrl, Plant.Sub.Crl(thisUpdate: Plant.Now.AddDays(1)))));
        yield return new("a revocation list of another key of the same name", code, "is of another key of the same name",
            () => (Plant.Client(leaf), With(Plant.RootCrl, Signer.SelfSigned(new Shape("Plant Sub CA", Plant.Key(4)).AsAuthority()).Crl())));
        yield return new("a revocation list with a wrong signature", code, "its signature is wrong", () =>
        {
            var der = (byte[])Plant.SubCrl.Der.Clone();
            der[^1] ^= 1;
            return (Plant.Client(leaf), With(Plant.RootCrl, CertificateRevocationList.Parse(der)));
        });
    }

    private static IEnumerable<BrokenSituation> Revoked()
    {
        var leaf = Plant.Sub.Certify(Plant.Pump);
        yield return new("a revoked leaf", StatusCodes.BadCertificateRevoked, "was revoked on 2026-05-31 12:00:00Z (KeyCompromise), says the revocation list in trusted/crl/1.crl",
            () => (Plant.Client(leaf), Plant.Lists([Plant.Root.Certificate], [Plant.Sub.Certificate], [Plant.RootCrl, Plant.Sub.Crl(revoked: leaf)])));
        yield return new("a revoked leaf that is trusted by itself", StatusCodes.BadCertificateRevoked, "was revoked",
            () => (Plant.Client(leaf), Plant.Lists([leaf], [Plant.Sub.Certificate, Plant.Root.Certificate], [Plant.RootCrl, Plant.Sub.Crl(revoked: leaf)])));
        yield return new("a leaf that only the newer of two lists revokes", StatusCodes.BadCertificateRevoked, "trusted/crl/2.crl",
            () => (Plant.Client(leaf), Plant.Lists([Plant.Root.Certificate], [Plant.Sub.Certificate], [Plant.RootCrl, Plant.SubCrl, Plant.Sub.Crl(Plant.Now.AddDays(-1), number: 2, revoked: leaf)])));
        yield return new("a revoked authority", StatusCodes.BadCertificateIssuerRevoked, "The certificate 'CN=Plant Sub CA, O=Plant'",
            () => (Plant.Client(leaf), Plant.Lists([Plant.Root.Certificate], [Plant.Sub.Certificate], [Plant.SubCrl, Plant.Root.Crl(revoked: Plant.Sub.Certificate)])));
    }

    private static CertificateCheck Raw(byte[] bytes) => new(bytes, PeerRole.Client) { ApplicationUri = Plant.Uri };

    private static (CertificateCheck, TrustLists) Trusted(Shape shape)
    {
        var certificate = Plant.SelfSigned(shape);
        return (Plant.Client(certificate), Plant.Lists([certificate]));
    }

    private static (CertificateCheck, TrustLists) WithRule(Shape shape, string policy)
    {
        var (check, lists) = Trusted(shape);
        return (check with { KeyRule = CertificateKeyRule.ForPolicy("http://opcfoundation.org/UA/SecurityPolicy#" + policy) }, lists);
    }

    private static (CertificateCheck, TrustLists) Issued(Shape issuer)
    {
        var signer = Signer.SelfSigned(issuer);
        return (Plant.Client(signer.Certify(Plant.Pump)), Plant.Lists([signer.Certificate], crls: [signer.Crl()]));
    }

    private static (CertificateCheck, TrustLists) Circle()
    {
        var a = Signer.SelfSigned(new Shape("A", Plant.Key(3)).AsAuthority());
        var b = Signer.SelfSigned(new Shape("B", Plant.Key(4)).AsAuthority());
        var aByB = b.Certify(new Shape("A", Plant.Key(3)).AsAuthority());
        var bByA = a.Certify(new Shape("B", Plant.Key(4)).AsAuthority());
        return (Plant.Client(a.Certify(Plant.Pump)), Plant.Lists([aByB, bByA]));
    }

    private static (CertificateCheck, TrustLists) LongChain()
    {
        var all = new List<Signer> { Plant.Root };
        for (var i = 1; i <= 12; i++) all.Add(all[^1].Issue(new Shape($"Level {i}", Plant.Key(3 + i % 2)).AsAuthority()));
        return (Plant.Client(all[^1].Certify(Plant.Pump)), Plant.Lists([Plant.Root.Certificate], all.Select(s => s.Certificate)));
    }

    private static byte[] Tampered(ApplicationCertificate certificate)
    {
        var der = (byte[])certificate.Der.Clone();
        der[^1] ^= 1;
        return der;
    }
}

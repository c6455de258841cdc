using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Pki;
using TestKit;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Explaining;

/// <summary>Certificates, authorities and revocation lists that are not as they must be.</summary>
internal static class FolderSituations
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private static Making Pump { get; } = new("Pump 1");

    public static IReadOnlyList<Situation> All { get; } = [.. OfLeaf(), .. OfAuthorities(), .. OfRevocationLists(), .. Soon()];

    private static IEnumerable<Situation> OfLeaf()
    {
        yield return new("expired", Cause.CertificateExpired, site => OfPlant(site, Pump with { To = TimeSpan.FromDays(-3) }, Day(-3)));
        yield return new("not yet valid", Cause.CertificateNotYetValid, site => OfPlant(site, Pump with { From = TimeSpan.FromDays(2) }, Day(2)));
        yield return new("revoked", Cause.CertificateRevoked, site =>
        {
            var pump = site.Sub.Issue(Pump);
            site.TrustPlant(site.Root.Crl(), site.Sub.Crl(revoked: pump));
            return Asked.Of(site.Brought(pump), pump.Thumbprint, site.Temp.File("pki", "issuer", "crl", "sub.crl"), Day(-1));
        });
        yield return new("signature altered", Cause.SignatureWrong, site =>
        {
            site.TrustPlant();
            var der = (byte[])site.Sub.Issue(Pump).Der.Clone();
            der[^1] ^= 1;
            return Asked.Of(site.Brought(der), "Plant Sub CA", "issuer/certs/sub.der");
        });
        yield return new("no ApplicationUri", Cause.ApplicationUriMissing, site => OfPlant(site, Pump with { Uris = [] }, "no ApplicationUri"));
        yield return new("two URIs", Cause.ApplicationUriAmbiguous, site => OfPlant(site, Pump with { Uris = [Making.PumpUri, "urn:other"] }, "'urn:other'"), Warns: true);
        yield return new("key usage missing", Cause.KeyUsageMissing, site => OfPlant(site, Pump with { Usages = X509KeyUsageFlags.DigitalSignature }, "KeyEncipherment"));
        yield return new("extended key usage for something else", Cause.ExtendedKeyUsageWrong, site => OfPlant(site, Pump with { Extended = [CodeSigning] }, "neither client nor server"));
        yield return new("authority as application", Cause.AuthorityAsApplication, site => OfPlant(site, Pump.AsAuthority() with { Uris = [Making.PumpUri] }, "is one of an authority"));
        yield return new("key too short", Cause.KeyTooShort, async site => await OpenSslAsync(site, "rsa:1024", "-sha256", "1024 bits"));
        yield return new("SHA-1 signature", Cause.HashTooWeak, async site => await OpenSslAsync(site, "rsa:2048", "-sha1", "SHA1"));
        yield return new("no certificate in the file", Cause.CertificateUnreadable, site =>
        {
            var file = site.Brought(site.Sub.Issue(Pump).Der[..200]);
            return Asked.Of(file, file);
        });
    }

    private static IEnumerable<Situation> OfAuthorities()
    {
        yield return new("intermediate missing", Cause.IssuerMissing, site =>
        {
            site.Put("trusted/certs/root.der", site.Root.Certificate);
            site.Put("trusted/crl/root.crl", site.Root.Crl().Der);
            return Asked.Of(site.Brought(site.Sub.Issue(Pump)), "CN=Plant Sub CA, O=Plant", "Pump 1");
        });
        yield return new("intermediate expired", Cause.IssuerExpired, site =>
        {
            var sub = new Making("Plant Sub CA", 13).AsAuthority() with { To = TimeSpan.FromDays(-5) };
            var old = site.Root.Issue(sub);
            var signer = new Maker(old, sub.Pair);
            site.TrustPlant(site.Root.Crl(), signer.Crl(), old);
            return Asked.Of(site.Brought(signer.Issue(Pump)), old.Thumbprint, Day(-5), "issuer/certs/sub.der");
        });
        yield return new("intermediate revoked", Cause.IssuerRevoked, site =>
        {
            site.TrustPlant(site.Root.Crl(revoked: site.Sub.Certificate), site.Sub.Crl());
            return Asked.Of(site.Brought(site.Sub.Issue(Pump)), site.Sub.Certificate.Thumbprint, "trusted/crl/root.crl");
        });
        yield return new("issued by an application", Cause.IssuerIsNoAuthority, site =>
        {
            var application = new Making("Not a CA", 16).SelfSigned();
            site.Put("trusted/certs/no-ca.der", application.Certificate);
            site.Put("trusted/crl/no-ca.crl", application.Crl().Der);
            return Asked.Of(site.Brought(application.Issue(Pump)), application.Certificate.Thumbprint, "trusted/certs/no-ca.der");
        });
        yield return new("authorities among the issuers only", Cause.AuthorityOnlyInIssuers, site =>
        {
            site.Put("issuer/certs/root.der", site.Root.Certificate);
            site.Put("issuer/certs/sub.der", site.Sub.Certificate);
            site.Put("issuer/crl/root.crl", site.Root.Crl().Der);
            site.Put("issuer/crl/sub.crl", site.Sub.Crl().Der);
            return Asked.Of(site.Brought(site.Sub.Issue(Pump)), "issuer/certs/sub.der", "issuer/certs/root.der");
        });
    }

    private static IEnumerable<Situation> OfRevocationLists()
    {
        yield return new("revocation list missing", Cause.RevocationListMissing, site => WithLists(site, site.Root.Crl(), null, "Plant Sub CA"));
        yield return new("revocation list expired", Cause.RevocationListExpired, site => WithLists(site, site.Root.Crl(), site.Sub.Crl(-20, -4), "issuer/crl/sub.crl", Day(-4)));
        yield return new("called revoked, but the list above the intermediate expired", Cause.RevocationListExpired, site => WithLists(site, site.Root.Crl(-20, -4), site.Sub.Crl(), "trusted/crl/root.crl", Day(-4), "Plant Sub CA"));
        yield return new("revocation list not yet valid", Cause.RevocationListNotYetValid, site => WithLists(site, site.Root.Crl(), site.Sub.Crl(3, 20), "issuer/crl/sub.crl", Day(3)));
        yield return new("revocation list of another key", Cause.RevocationListOfOtherKey, site => WithLists(site, site.Root.Crl(), new Making("Plant Sub CA", 16).AsAuthority().SelfSigned().Crl(), "issuer/crl/sub.crl"));
        yield return new("revocation list altered", Cause.RevocationListSignatureWrong, site =>
        {
            var der = (byte[])site.Sub.Crl().Der.Clone();
            der[^1] ^= 1;
            return WithLists(site, site.Root.Crl(), CertificateRevocationList.Parse(der), "issuer/crl/sub.crl");
        });
    }

    private static IEnumerable<Situation> Soon()
    {
        yield return new("revocation list about to end", Cause.RevocationListEndsSoon, site => WithLists(site, site.Root.Crl(), site.Sub.Crl(-20, 1), "issuer/crl/sub.crl", Day(1)), Warns: true);
        yield return new("certificate about to end", Cause.CertificateEndsSoon, site => OfPlant(site, Pump with { To = TimeSpan.FromDays(2) }, Day(2)), Warns: true);
    }

    internal static string Day(int days) => Making.Now.AddDays(days).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Task<Asked> OfPlant(Site site, Making making, params string[] named)
    {
        site.TrustPlant();
        var certificate = site.Sub.Issue(making);
        return Asked.Of(site.Brought(certificate), [certificate.Thumbprint, .. named]);
    }

    private static Task<Asked> WithLists(Site site, CertificateRevocationList? root, CertificateRevocationList? sub, params string[] named)
    {
        site.TrustPlant(root, sub);
        return Asked.Of(site.Brought(site.Sub.Issue(Pump)), named);
    }

    private static async Task<Asked> OpenSslAsync(Site site, string key, string hash, string named)
    {
        var file = site.Temp.File("weak.pem");
        await OpenSsl.RunAsync(
            "req", "-x509", "-newkey", key, hash, "-nodes", "-keyout", site.Temp.File("weak.key"), "-out", file, "-subj", "/O=Plant/CN=Weak", "-days", "100",
            "-addext", "subjectAltName=URI:urn:plant:pump,DNS:pump", "-addext", "keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment");
        var certificate = PemFile.ReadCertificates(await File.ReadAllBytesAsync(file))[0];
        site.Put("trusted/certs/weak.der", certificate);
        return Asked.AsClient(file, certificate.Thumbprint, named);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Pki;
using TestKit;

namespace Gds.Authority.Tests;

public sealed class IssuingTests(AuthorityFixture fixture) : IClassFixture<AuthorityFixture>
{
    private CertificateAuthority Authority => fixture.Authority;

    [Fact]
    public async Task The_authority_certificate_has_the_profile_in_the_eyes_of_openssl()
    {
        var text = await OpenSsl.RunAsync("x509", "-in", fixture.Folder.File("ca", "DefaultApplicationGroup", "ca.pem"), "-noout", "-text");
        text.ShouldContain("Public-Key: (3072 bit)");
        text.ShouldMatch(@"X509v3 Basic Constraints: critical\s+CA:TRUE, pathlen:0");
        text.ShouldMatch(@"X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign");
        text.ShouldContain("X509v3 Subject Key Identifier");
        text.ShouldContain("Not Before: Mar  4 05:01:07 2026 GMT");
        text.ShouldContain("Not After : Mar  4 05:06:07 2036 GMT");
        Authority.Certificate.IsSelfSigned.ShouldBeTrue();
    }

    [Fact]
    public async Task Openssl_accepts_a_certificate_with_the_list_and_refuses_it_once_revoked()
    {
        var certificate = Authority.Issue(Authority.Prepare(AuthorityFixture.Profile, fixture.Request, AuthorityFixture.Order));
        var other = Authority.Issue(Authority.Prepare(AuthorityFixture.Profile, fixture.Request, AuthorityFixture.Order));
        using var folder = new TempFolder();
        var leaf = folder.Write("leaf.pem", PemFile.Write(certificate));
        var second = folder.Write("second.pem", PemFile.Write(other));
        var trust = folder.File("trust.pem");

        await WriteTrustAsync([], 1);
        foreach (var purpose in new[] { "sslserver", "sslclient" })
        {
            (await OpenSsl.RunAsync("verify", "-x509_strict", "-crl_check", "-purpose", purpose, "-attime", fixture.Now, "-CAfile", trust, leaf)).ShouldContain("leaf.pem: OK");
        }

        await WriteTrustAsync([new(certificate.SerialNumber, fixture.Time.GetUtcNow(), RevocationReason.KeyCompromise)], 2);
        var revoked = await OpenSsl.TryRunAsync("verify", "-crl_check", "-attime", fixture.Now, "-CAfile", trust, leaf);
        revoked.ExitCode.ShouldNotBe(0);
        revoked.Text.ShouldContain("certificate revoked");
        (await OpenSsl.RunAsync("verify", "-crl_check", "-attime", fixture.Now, "-CAfile", trust, second)).ShouldContain("OK");

        async Task WriteTrustAsync(RevokedCertificate[] entries, int number)
        {
            var now = fixture.Time.GetUtcNow();
            var list = Authority.IssueCrl(entries, number, now, now.AddDays(30));
            await File.WriteAllTextAsync(trust, PemFile.Write(Authority.Certificate) + PemFile.WriteCrl(list));
        }
    }

    [Fact]
    public async Task A_certificate_has_the_application_profile_and_only_usages_set_by_us()
    {
        var request = await NodeOpcUaRequestAsync();
        request.RequestedKeyUsages!.Value.HasFlag(X509KeyUsageFlags.KeyCertSign).ShouldBeTrue();
        var certificate = Authority.Issue(Authority.Prepare(AuthorityFixture.Profile, request, AuthorityFixture.Order));
        using var folder = new TempFolder();
        var text = await OpenSsl.RunAsync("x509", "-in", folder.Write("leaf.pem", PemFile.Write(certificate)), "-noout", "-text");
        text.ShouldContain("Version: 3");
        text.ShouldMatch(@"X509v3 Basic Constraints: critical\s+CA:FALSE");
        text.ShouldMatch(@"X509v3 Key Usage: critical\s+Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment\s*\n");
        text.ShouldContain("TLS Web Server Authentication, TLS Web Client Authentication");
        text.ShouldContain($"URI:{AuthorityFixture.Uri}, DNS:host-7, DNS:host-7.plant.example, IP Address:192.0.2.7");
        text.ShouldContain("Signature Algorithm: sha256WithRSAEncryption");
        certificate.AuthorityKeyIdentifier.ShouldBe(Authority.Certificate.SubjectKeyIdentifier);
        certificate.SubjectKeyIdentifier.ShouldBe(request.PublicKey.KeyIdentifier);
        certificate.Issuer.ShouldBe(Authority.Certificate.Subject);
        certificate.Subject.ShouldBe("CN=Pump 1, O=Plant");
        Authority.HasIssued(certificate).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ApplicationUse.Server, new[] { CertificateUsages.ServerAuthentication })]
    [InlineData(ApplicationUse.Client, new[] { CertificateUsages.ClientAuthentication })]
    [InlineData(ApplicationUse.ClientAndServer, new[] { CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication })]
    public void The_extended_usages_follow_the_application_type(ApplicationUse use, string[] expected)
    {
        var certificate = Authority.Issue(Authority.Prepare(AuthorityFixture.Profile, fixture.Key.PublicKey, AuthorityFixture.Order with { Use = use }));
        certificate.ExtendedKeyUsages.ShouldBe(expected);
    }

    [Fact]
    public void An_elliptic_curve_certificate_has_no_encipherment()
    {
        using var key = KeyPair.Create(KeyPairKind.EccNistP256);
        var profile = CertificateProfile.Ecc(KeyPairKind.EccNistP256, TimeSpan.FromDays(30));
        var certificate = Authority.Issue(Authority.Prepare(profile, key.PublicKey, AuthorityFixture.Order));
        certificate.KeyUsages.ShouldBe(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation);
        certificate.PublicKey.Kind.ShouldBe(KeyPairKind.EccNistP256);
    }

    [Fact]
    public void What_is_prepared_is_known_before_it_is_signed_and_signed_once()
    {
        var prepared = Authority.Prepare(AuthorityFixture.Profile, fixture.Request, AuthorityFixture.Order);
        prepared.SerialNumber.Length.ShouldBe(32);
        prepared.NotBefore.ShouldBe(new DateTimeOffset(2026, 3, 4, 5, 1, 7, TimeSpan.Zero));
        prepared.NotAfter.ShouldBe(new DateTimeOffset(2027, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var certificate = Authority.Issue(prepared);
        certificate.SerialNumber.ShouldBe(prepared.SerialNumber);
        certificate.NotAfter.ShouldBe(prepared.NotAfter);
        var problem = Should.Throw<AuthorityException>(() => Authority.Issue(prepared));
        problem.Message.ShouldContain("signed already");
    }

    [Fact]
    public void The_lifetime_never_exceeds_the_authoritys()
    {
        var prepared = Authority.Prepare(AuthorityFixture.Profile with { Lifetime = TimeSpan.FromDays(36_500) }, fixture.Request, AuthorityFixture.Order);
        prepared.NotAfter.ShouldBe(Authority.Certificate.NotAfter);
        prepared = Authority.Prepare(AuthorityFixture.Profile with { Backdate = TimeSpan.FromDays(100) }, fixture.Request, AuthorityFixture.Order);
        prepared.NotBefore.ShouldBe(Authority.Certificate.NotBefore);
        Authority.Issue(prepared).NotBefore.ShouldBe(Authority.Certificate.NotBefore);
    }

    [Fact]
    public async Task Requests_that_break_a_rule_are_refused_with_the_reason()
    {
        Refused(() => Prepare(order: AuthorityFixture.Order with { ApplicationUri = "urn:other" })).ShouldContain("'urn:other'");
        Refused(() => Prepare(profile: CertificateProfile.Ecc(KeyPairKind.EccNistP256, TimeSpan.FromDays(1)))).ShouldContain("allows EccNistP256");
        Refused(() => Prepare(profile: CertificateProfile.RsaSha256(TimeSpan.Zero))).ShouldContain("lifetime");
        Refused(() => Prepare(order: AuthorityFixture.Order with { DnsNames = ["höst"] })).ShouldContain("'höst'");
        Refused(() => Prepare(order: AuthorityFixture.Order with { Subject = new X500DistinguishedName("O=Plant") })).ShouldContain("no CN");
        Refused(() => Authority.Prepare(AuthorityFixture.Profile, Authority.Certificate.PublicKey, AuthorityFixture.Order)).ShouldContain("authority itself");

        var authorityWish = await OpenSslRequestAsync("rsa:2048", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "subjectAltName=URI:" + AuthorityFixture.Uri);
        Refused(() => Prepare(authorityWish)).ShouldContain("CA=TRUE");
        Refused(() => Prepare(OpenSslRequestAsync("rsa:2048").Result)).ShouldContain("0 URIs");
        var twoUris = await OpenSslRequestAsync("rsa:2048", "-addext", $"subjectAltName=URI:{AuthorityFixture.Uri},URI:urn:two");
        Refused(() => Prepare(twoUris)).ShouldContain("2 URIs");
        var shortKey = await OpenSslRequestAsync("rsa:1024", "-addext", "subjectAltName=URI:" + AuthorityFixture.Uri);
        Refused(() => Prepare(shortKey)).ShouldContain("RSA 1024");

        string Refused(Func<PreparedCertificate> prepare)
        {
            var problem = Should.Throw<AuthorityException>(() => prepare());
            problem.Fault.ShouldBe(AuthorityFault.InvalidRequest);
            return problem.Message;
        }

        PreparedCertificate Prepare(SigningRequest? request = null, CertificateOrder? order = null, CertificateProfile? profile = null) =>
            Authority.Prepare(profile ?? AuthorityFixture.Profile, request ?? fixture.Request, order ?? AuthorityFixture.Order);
    }

    [Fact]
    public void A_certificate_prepared_by_another_authority_is_not_signed()
    {
        using var key = KeyPair.Create(KeyPairKind.EccNistP384);
        using var other = new CertificateAuthority("other", CertificateAuthority.SelfSign(key, Authority.Certificate.Name, TimeSpan.FromDays(10), fixture.Time), key, fixture.Time);
        var prepared = other.Prepare(AuthorityFixture.Profile, fixture.Request, AuthorityFixture.Order);
        Should.Throw<AuthorityException>(() => Authority.Issue(prepared)).Message.ShouldContain("another authority");
        Authority.HasIssued(other.Issue(prepared)).ShouldBeFalse();
    }

    [Fact]
    public void An_expired_authority_issues_nothing()
    {
        using var key = KeyPair.Create(KeyPairKind.EccNistP256);
        var late = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(fixture.Time.GetUtcNow().AddDays(11));
        using var expired = new CertificateAuthority("old", CertificateAuthority.SelfSign(key, Authority.Certificate.Name, TimeSpan.FromDays(10), fixture.Time), key, late);
        Should.Throw<AuthorityException>(() => expired.Prepare(AuthorityFixture.Profile, fixture.Request, AuthorityFixture.Order)).Fault.ShouldBe(AuthorityFault.AuthorityExpired);
    }

    [Fact]
    public void The_lint_finds_a_certificate_that_is_not_what_was_prepared()
    {
        var prepared = Authority.Prepare(AuthorityFixture.Profile, fixture.Request, AuthorityFixture.Order);
        var another = Authority.Issue(Authority.Prepare(AuthorityFixture.Profile, fixture.Request, AuthorityFixture.Order with { IpAddresses = [IPAddress.Loopback] }));
        Should.Throw<AuthorityException>(() => CertificateLint.Check(another, prepared)).Fault.ShouldBe(AuthorityFault.Mismatch);

        using var wrongKey = KeyPair.Create(KeyPairKind.Rsa2048);
        var wronglySigned = ApplicationCertificate.Parse(CertificateContents.Sign(prepared.Bytes.Span, wrongKey));
        Should.Throw<AuthorityException>(() => CertificateLint.Check(wronglySigned, prepared)).Message.ShouldContain("signature");
    }

    [Fact]
    public void A_list_needs_dates_in_order_and_each_serial_once()
    {
        var now = fixture.Time.GetUtcNow();
        Should.Throw<AuthorityException>(() => Authority.IssueCrl([], 1, now, now)).Fault.ShouldBe(AuthorityFault.InvalidRequest);
        Should.Throw<AuthorityException>(() => Authority.IssueCrl([new("0A", now), new("0A", now)], 1, now, now.AddDays(1)));
        Should.Throw<AuthorityException>(() => Authority.IssueCrl([], -1, now, now.AddDays(1)));
        Authority.IssueCrl([new("0A", now)], 5, now, now.AddDays(1)).Number.ShouldBe(5);
    }

    [Fact]
    public async Task Many_threads_issue_at_once_and_serials_are_unique()
    {
        var request = fixture.Request;
        var serials = new ConcurrentBag<string>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, 200, (_, _) =>
        {
            serials.Add(Authority.Issue(Authority.Prepare(AuthorityFixture.Profile, request, AuthorityFixture.Order)).SerialNumber);
            return ValueTask.CompletedTask;
        });
        TestContext.Current.SendDiagnosticMessage($"200 certificates by an RSA 3072 key in {watch.ElapsedMilliseconds} ms on {Environment.ProcessorCount} cores");
        serials.Distinct().Count().ShouldBe(200);
    }

    private async Task<SigningRequest> NodeOpcUaRequestAsync()
    {
        using var folder = new TempFolder();
        var config = folder.Write("req.cnf", $"""
            [req]
            distinguished_name = dn
            req_extensions = v3
            [dn]
            [v3]
            basicConstraints = critical, CA:FALSE
            keyUsage = nonRepudiation, digitalSignature, keyEncipherment, dataEncipherment, keyCertSign
            subjectAltName = URI:{AuthorityFixture.Uri}
            """);
        return await OpenSslRequestAsync("rsa:2048", "-config", config);
    }

    private static async Task<SigningRequest> OpenSslRequestAsync(string key, params string[] arguments)
    {
        using var folder = new TempFolder();
        await OpenSsl.RunAsync(["req", "-new", "-newkey", key, "-nodes", "-keyout", folder.File("k"), "-outform", "DER", "-out", folder.File("r"), "-subj", "/CN=x", .. arguments]);
        return SigningRequest.Parse(await File.ReadAllBytesAsync(folder.File("r")));
    }
}

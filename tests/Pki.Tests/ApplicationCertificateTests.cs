using System.Security.Cryptography.X509Certificates;
using TestKit;

namespace Pki.Tests;

public sealed class ApplicationCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(KeyPairKind.Rsa2048, "sha256WithRSAEncryption")]
    [InlineData(KeyPairKind.EccNistP256, "ecdsa-with-SHA256")]
    [InlineData(KeyPairKind.EccNistP384, "ecdsa-with-SHA384")]
    [InlineData(KeyPairKind.EccBrainpoolP384r1, "ecdsa-with-SHA384")]
    public async Task A_self_signed_certificate_has_the_profile_in_the_eyes_of_openssl(KeyPairKind kind, string signature)
    {
        using var key = KeyPair.Create(kind);
        var certificate = Sample.SelfSigned(key);
        var file = _folder.Write("c.pem", PemFile.Write(certificate));
        var text = await OpenSsl.RunAsync("x509", "-in", file, "-noout", "-text");
        text.ShouldContain("Version: 3");
        text.ShouldContain("Signature Algorithm: " + signature);
        text.ShouldContain("Not Before: Mar  4 05:01:07 2026 GMT");
        text.ShouldContain("Not After : Mar  4 05:06:07 2027 GMT");
        text.ShouldContain("CA:FALSE");
        text.ShouldContain(kind.IsRsa()
            ? "Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment, Certificate Sign"
            : "Digital Signature, Non Repudiation, Certificate Sign");
        text.ShouldContain("TLS Web Server Authentication, TLS Web Client Authentication");
        text.ShouldContain($"URI:{Sample.Uri}, DNS:host-7, IP Address:192.0.2.7");
        (await OpenSsl.RunAsync("verify", "-check_ss_sig", "-attime", "1780000000", "-CAfile", file, file)).ShouldContain("OK");
    }

    [Fact]
    public void Every_field_reads_back()
    {
        var certificate = Sample.SelfSigned();
        using var platform = certificate.ToX509();
        certificate.Thumbprint.ShouldBe(platform.Thumbprint);
        certificate.SerialNumber.ShouldBe(platform.SerialNumber);
        certificate.Subject.ShouldBe(platform.Subject);
        certificate.Issuer.ShouldBe("CN=Pump 1, O=Plant");
        certificate.CommonName.ShouldBe("Pump 1");
        certificate.NotBefore.UtcDateTime.ShouldBe(platform.NotBefore.ToUniversalTime());
        certificate.NotAfter.UtcDateTime.ShouldBe(platform.NotAfter.ToUniversalTime());
        certificate.Version.ShouldBe(3);
        certificate.ApplicationUri.ShouldBe(Sample.Uri);
        certificate.DnsNames.ShouldBe(["host-7"]);
        certificate.IpAddresses.ShouldBe(Sample.Addresses);
        certificate.KeyUsages.ShouldBe(CertificateUsages.RsaApplication | X509KeyUsageFlags.KeyCertSign);
        certificate.ExtendedKeyUsages.ShouldBe([CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication]);
        certificate.IsCertificateAuthority.ShouldBeFalse();
        certificate.SubjectKeyIdentifier.ShouldBe(certificate.AuthorityKeyIdentifier);
        certificate.IsSelfSigned.ShouldBeTrue();
        certificate.UnknownCriticalExtensions.ShouldBeEmpty();
        certificate.PublicKey.ShouldBe(Sample.Rsa.PublicKey);
    }

    [Fact]
    public void An_issuer_is_told_from_a_namesake()
    {
        var authority = Sample.Authority(Sample.Rsa);
        var namesake = Sample.Authority(Sample.OtherRsa);
        authority.IsSignedBy(authority).ShouldBeTrue();
        authority.IsSignedBy(namesake).ShouldBeFalse();
        authority.IsIssuerOf(authority).ShouldBeTrue();
        namesake.IsIssuerOf(authority).ShouldBeFalse();
    }

    [Fact]
    public async Task A_foreign_certificate_with_everything_odd_is_read()
    {
        var file = _folder.File("odd.der");
        await OpenSsl.RunAsync(
            "req", "-x509", "-newkey", "rsa:1024", "-sha1", "-nodes", "-keyout", _folder.File("k"), "-outform", "DER", "-out", file, "-days", "20000", "-set_serial", "0x80FF",
            "-subj", "/C=DE/O=Größe/CN=a+emailAddress=x@y.z", "-multivalue-rdn", "-utf8",
            "-addext", "subjectAltName=email:a@b.c,URI:urn:one,URI:urn:two,DNS:h,dirName:dir,otherName:1.2.3;UTF8:x", "-addext", "1.2.3.4=critical,ASN1:UTF8:hello",
            "-config", _folder.Write("cnf", "[req]\ndistinguished_name=dn\n[dn]\n[dir]\nCN=x\n"));
        var certificate = ApplicationCertificate.Parse(await File.ReadAllBytesAsync(file));
        certificate.SerialNumber.ShouldBe("0080FF");
        certificate.PublicKey.Kind.ShouldBeNull();
        certificate.PublicKey.SizeInBits.ShouldBe(1024);
        certificate.SignatureAlgorithm.IsWeak.ShouldBeTrue();
        certificate.ApplicationUri.ShouldBe("urn:one");
        certificate.NotAfter.Year.ShouldBeGreaterThan(2050);
        certificate.UnknownCriticalExtensions.ShouldBe(["1.2.3.4"]);
        certificate.IsSelfSigned.ShouldBeTrue();
    }

    [Fact]
    public async Task A_certificate_of_an_algorithm_we_lack_is_read_but_verifies_nothing()
    {
        var file = _folder.File("ed.der");
        await OpenSsl.RunAsync("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", _folder.File("k"), "-outform", "DER", "-out", file, "-subj", "/CN=ed");
        var certificate = ApplicationCertificate.Parse(await File.ReadAllBytesAsync(file));
        certificate.SignatureAlgorithm.Scheme.ShouldBe(SignatureScheme.Unknown);
        certificate.IsSelfSigned.ShouldBeFalse();
        Should.Throw<PkiException>(certificate.PublicKey.OpenRsa);
    }

    [Fact]
    public void A_changed_byte_gives_a_refusal_or_a_signature_that_does_not_verify()
    {
        var der = Sample.SelfSigned().Der;
        for (var position = 0; position < der.Length; position++)
        {
            var changed = (byte[])der.Clone();
            changed[position] ^= (byte)(1 << (position % 8));
            try
            {
                ApplicationCertificate.Parse(changed).IsSignedBy(Sample.SelfSigned()).ShouldBeFalse($"byte {position} changed");
            }
            catch (PkiException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void A_key_that_is_not_the_certificates_is_refused() =>
        Should.Throw<PkiException>(() => Sample.SelfSigned().ToX509(Sample.OtherRsa)).Message.ShouldContain("does not belong");

    [Fact]
    public void Serial_numbers_are_positive_sixteen_bytes_and_never_the_same()
    {
        var serials = Enumerable.Range(0, 1000).Select(_ => SerialNumbers.Create()).ToList();
        serials.ShouldAllBe(s => s.Length == 16 && s[0] >= 0x40 && s[0] <= 0x7F);
        serials.Select(s => SerialNumbers.ToText(s)).Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public void A_chain_is_cut_at_its_borders_and_joined_again()
    {
        ApplicationCertificate[] chain = [Sample.SelfSigned(), Sample.Authority(Sample.Rsa), Sample.Authority(Sample.OtherRsa)];
        var bytes = CertificateChainBytes.Join(chain);
        CertificateChainBytes.Parse(bytes).ShouldBe(chain);
        Should.Throw<PkiException>(() => CertificateChainBytes.Split([])).Message.ShouldContain("empty");
        Should.Throw<PkiException>(() => CertificateChainBytes.Split([.. bytes, 1])).Message.ShouldContain("position 4");
        Should.Throw<PkiException>(() => CertificateChainBytes.Split(bytes.AsSpan(0, bytes.Length - 1)));
        Should.Throw<PkiException>(() => CertificateChainBytes.Split(CertificateChainBytes.Join(Enumerable.Repeat(chain[0], 11)))).Message.ShouldContain("more than 10");
        CertificateChainBytes.Split(CertificateChainBytes.Join(Enumerable.Repeat(chain[0], 10))).Count.ShouldBe(10);
    }
}

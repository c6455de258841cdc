using System.Text;
using TestKit;

namespace Pki.Tests;

public sealed class ContainerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(KeyPairKind.Rsa2048, "geheim")]
    [InlineData(KeyPairKind.EccNistP256, "pass wörd")]
    [InlineData(KeyPairKind.Rsa2048, "")]
    public async Task Openssl_opens_our_pfx_without_its_legacy_mode(KeyPairKind kind, string password)
    {
        using var key = KeyPair.Create(kind);
        var certificate = Sample.SelfSigned(key);
        var authority = Sample.Authority(Sample.Rsa);
        var pfx = PfxFile.Build(certificate, key, [authority], password);
        var text = await OpenSsl.RunAsync("pkcs12", "-info", "-in", _folder.Write("c.pfx", pfx), "-passin", "pass:" + password, "-nodes");
        text.ShouldContain("PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256");
        text.ShouldContain("MAC: sha256");
        text.ShouldContain("BEGIN PRIVATE KEY");

        using var read = PfxFile.Read(pfx, password);
        read.Certificate.ShouldBe(certificate);
        read.Issuers.ShouldBe([authority]);
        read.Key.Matches(certificate.PublicKey).ShouldBeTrue();
        Should.Throw<PkiException>(() => PfxFile.Read(pfx, "falsch")).Message.ShouldContain("password is wrong");
    }

    [Fact]
    public async Task We_open_the_pfx_of_openssl()
    {
        var certificate = _folder.Write("c.pem", PemFile.Write(Sample.SelfSigned()));
        await OpenSsl.RunAsync("pkcs12", "-export", "-in", certificate, "-inkey", _folder.Write("k.pem", Sample.Rsa.ExportPem()), "-out", _folder.File("c.pfx"), "-passout", "pass:abc");
        using var read = PfxFile.Read(await File.ReadAllBytesAsync(_folder.File("c.pfx")), "abc");
        read.Key.Matches(Sample.Rsa.PublicKey).ShouldBeTrue();
        Should.Throw<PkiException>(() => PfxFile.Read("nonsense"u8, "abc"));
    }

    [Fact]
    public void A_pem_file_with_all_reads_back_and_a_stray_key_is_noticed()
    {
        var certificate = Sample.SelfSigned();
        var authority = Sample.Authority(Sample.OtherRsa);
        var text = PemFile.Write(certificate, Sample.Rsa, [authority], "geheim");
        text.ShouldContain("BEGIN ENCRYPTED PRIVATE KEY");
        using var read = PemFile.Read(Encoding.ASCII.GetBytes(text), "geheim");
        read.Certificate.ShouldBe(certificate);
        read.Issuers.ShouldBe([authority]);
        var stray = Sample.OtherRsa.ExportPem() + "\n" + PemFile.Write(certificate);
        Should.Throw<PkiException>(() => PemFile.Read(Encoding.ASCII.GetBytes(stray))).Message.ShouldContain("not its certificate");
        Should.Throw<PkiException>(() => PemFile.Write(certificate, Sample.OtherRsa, []));
    }

    [Fact]
    public void A_certificate_file_is_read_whether_pem_or_der()
    {
        var certificate = Sample.SelfSigned();
        PemFile.ReadCertificates(certificate.Der).ShouldBe([certificate]);
        PemFile.ReadCertificates(Encoding.ASCII.GetBytes("# comment\r\n" + PemFile.Write(certificate, certificate))).ShouldBe([certificate, certificate]);
        PemFile.ReadCertificates(Encoding.UTF8.GetBytes('\uFEFF' + PemFile.Write(certificate))).ShouldBe([certificate]);
        Should.Throw<PkiException>(() => PemFile.ReadCertificates(Encoding.ASCII.GetBytes(Sample.Rsa.ExportPem()))).Message.ShouldContain("no certificate");
    }

    [Fact]
    public void A_certificate_with_its_key_serves_the_platform()
    {
        using var x509 = Sample.SelfSigned().ToX509(Sample.Rsa);
        x509.HasPrivateKey.ShouldBeTrue();
        x509.MatchesHostname("host-7").ShouldBeTrue();
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using TestKit;

namespace Pki.Tests;

public sealed class RevocationListTests : IDisposable
{
    private static readonly DateTimeOffset Now = Sample.Time.GetUtcNow();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(KeyPairKind.Rsa3072)]
    [InlineData(KeyPairKind.EccNistP384)]
    public async Task Openssl_reads_our_list_and_verifies_it(KeyPairKind kind)
    {
        using var key = KeyPair.Create(kind);
        var authority = Sample.Authority(key);
        var der = CertificateRevocationList.Create(
            authority, key, [new("4A01", Now.AddDays(-2), RevocationReason.KeyCompromise), new("4A02", Now.AddDays(-1))], 7, Now, Now.AddDays(30));
        var file = _folder.Write("list.crl", der);
        var text = await OpenSsl.RunAsync("crl", "-inform", "DER", "-in", file, "-noout", "-text", "-CAfile", _folder.Write("ca.pem", PemFile.Write(authority)));
        text.ShouldContain("verify OK");
        text.ShouldContain("Version 2");
        text.ShouldContain("Serial Number: 4A01");
        text.ShouldContain("Key Compromise");
        text.ShouldContain("X509v3 Authority Key Identifier");
        text.ShouldMatch(@"X509v3 CRL Number:\s+7");

        var list = CertificateRevocationList.Parse(der);
        list.Issuer.ShouldBe("CN=Plant CA");
        list.Number.ShouldBe(7);
        list.ThisUpdate.ShouldBe(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        list.NextUpdate.ShouldBe(list.ThisUpdate.AddDays(30));
        list.IsSignedBy(authority).ShouldBeTrue();
        list.IsFrom(authority).ShouldBeTrue();
        list.Entries.Select(e => (e.SerialNumber, e.Reason)).ShouldBe([("4A01", RevocationReason.KeyCompromise), ("4A02", RevocationReason.Unspecified)]);
        list.UnknownCriticalExtensions.ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_list_has_no_entries_and_belongs_to_its_issuer_only()
    {
        var authority = Sample.Authority(Sample.Rsa);
        var namesake = Sample.Authority(Sample.OtherRsa);
        var list = CertificateRevocationList.Parse(CertificateRevocationList.Create(authority, Sample.Rsa, [], 1, Now, Now.AddDays(1)));
        list.Entries.ShouldBeEmpty();
        list.IsFrom(namesake).ShouldBeFalse();
        list.IsSignedBy(namesake).ShouldBeFalse();
        Should.Throw<PkiException>(() => CertificateRevocationList.Create(authority, Sample.OtherRsa, [], 1, Now, Now.AddDays(1)));
        Should.Throw<PkiException>(() => CertificateRevocationList.Create(authority, Sample.Rsa, [], 1, Now, Now));
        Should.Throw<PkiException>(() => CertificateRevocationList.Create(authority, Sample.Rsa, [new("01", Now), new("01", Now)], 1, Now, Now.AddDays(1)));
        foreach (var serial in new[] { "xy", "", "0001", "FF80" }) Should.Throw<PkiException>(() => CertificateRevocationList.Create(authority, Sample.Rsa, [new(serial, Now)], 1, Now, Now.AddDays(1)));
    }

    [Fact]
    public void A_list_of_a_hundred_thousand_entries_is_read_and_searched_fast()
    {
        var certificate = Sample.SelfSigned();
        var authority = Sample.Authority(Sample.Rsa);
        var entries = Enumerable.Range(0, 100_000).Select(_ => new RevokedCertificate(SerialNumbers.ToText(SerialNumbers.Create()), Now, RevocationReason.Superseded));
        var watch = Stopwatch.StartNew();
        var der = CertificateRevocationList.Create(authority, Sample.Rsa, entries.Append(new(certificate.SerialNumber, Now)), 1, Now, Now.AddDays(1));
        var create = watch.Elapsed;
        watch.Restart();
        var list = CertificateRevocationList.Parse(der);
        var parse = watch.Elapsed;
        list.Entries.Count.ShouldBe(100_001);
        list.Find(certificate).ShouldNotBeNull();
        list.Find(authority).ShouldBeNull();
        list.Entries.Count(e => e.Reason == RevocationReason.Superseded).ShouldBe(100_000);
        TestContext.Current.SendDiagnosticMessage($"100,001 entries, {der.Length} bytes, made in {create.TotalMilliseconds:F0} ms, parsed in {parse.TotalMilliseconds:F0} ms");
        parse.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_list_made_by_openssl_is_read_in_der_and_pem()
    {
        _folder.Write("index.txt", "R\t300101000000Z\t260101000000Z,keyCompromise\t00AB\tunknown\t/CN=x\nR\t300101000000Z\t260102000000Z,keyTime,20251231000000Z\t0C\tunknown\t/CN=y\n");
        _folder.Write("number", "1F\n");
        var config = _folder.Write("ca.cnf", $"""
            [ca]
            default_ca = d
            [d]
            database = {_folder.File("index.txt")}
            crlnumber = {_folder.File("number")}
            default_md = sha256
            default_crl_days = 10
            crl_extensions = e
            [e]
            authorityKeyIdentifier = keyid
            issuingDistributionPoint = critical, @idp
            [idp]
            indirectCRL = TRUE
            """);
        var authority = Sample.Authority(Sample.Rsa);
        var list = _folder.File("list.pem");
        await OpenSsl.RunAsync("ca", "-gencrl", "-config", config, "-cert", _folder.Write("ca.pem", PemFile.Write(authority)), "-keyfile", _folder.Write("ca.key", Sample.Rsa.ExportPem()), "-out", list);
        var read = CertificateRevocationList.Parse(await File.ReadAllBytesAsync(list));
        read.IsSignedBy(authority).ShouldBeTrue();
        read.Number.ShouldBe(0x1F);
        // The second has an invalidity date too, so its extensions take the long way.
        read.Entries.Select(e => (e.SerialNumber, e.Reason)).ShouldBe([("0C", RevocationReason.KeyCompromise), ("00AB", RevocationReason.KeyCompromise)]);
        read.UnknownCriticalExtensions.ShouldBe(["2.5.29.28"]);
        CertificateRevocationList.Parse(Encoding.ASCII.GetBytes(PemFile.WriteCrl(read))).Der.ShouldBe(read.Der);
    }

    [Fact]
    public void A_changed_byte_gives_a_refusal_or_a_signature_that_does_not_verify()
    {
        var authority = Sample.Authority(Sample.Rsa);
        var der = CertificateRevocationList.Create(authority, Sample.Rsa, [new("4A01", Now, RevocationReason.KeyCompromise)], 1, Now, Now.AddDays(1));
        for (var position = 0; position < der.Length; position++)
        {
            var changed = (byte[])der.Clone();
            changed[position] ^= (byte)(1 << (position % 8));
            try
            {
                CertificateRevocationList.Parse(changed).IsSignedBy(authority).ShouldBeFalse($"byte {position} changed");
            }
            catch (PkiException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            if (round % 2 == 0) bytes[0] = 0x30;
            Should.Throw<PkiException>(() => CertificateRevocationList.Parse(bytes));
            Should.Throw<PkiException>(() => ApplicationCertificate.Parse(bytes));
            Should.Throw<PkiException>(() => SigningRequest.Parse(bytes));
            Should.Throw<PkiException>(() => PublicKeyInfo.Parse(bytes));
            Should.Throw<PkiException>(() => KeyPair.Import(bytes));
            Should.Throw<PkiException>(() => CertificateChainBytes.Parse(bytes));
        }
    }
}

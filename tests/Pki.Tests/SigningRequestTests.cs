using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TestKit;

namespace Pki.Tests;

public sealed class SigningRequestTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(KeyPairKind.Rsa2048)]
    [InlineData(KeyPairKind.EccNistP256)]
    [InlineData(KeyPairKind.EccNistP384)]
    [InlineData(KeyPairKind.EccBrainpoolP256r1)]
    public async Task Openssl_verifies_our_request_and_we_read_it_back(KeyPairKind kind)
    {
        using var key = KeyPair.Create(kind);
        var der = Sample.Request(key);
        var text = await OpenSsl.RunAsync("req", "-inform", "DER", "-in", _folder.Write("request.der", der), "-verify", "-noout", "-text");
        text.ShouldContain("self-signature verify OK");
        text.ShouldContain("URI:" + Sample.Uri);
        text.ShouldContain("DNS:host-7, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7");

        var request = SigningRequest.Parse(der);
        request.Subject.ShouldBe("CN=Pump 1, O=Plant");
        request.PublicKey.Kind.ShouldBe(kind);
        request.ApplicationUri.ShouldBe(Sample.Uri);
        request.DnsNames.ShouldBe(["host-7"]);
        request.IpAddresses.ShouldBe(Sample.Addresses);
        request.RequestedKeyUsages.ShouldBe(CertificateUsages.ForApplication(key.PublicKey));
        request.RequestsCertificateAuthority.ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_like_those_of_node_opcua_is_read()
    {
        // SAN with only the URI, keyCertSign wanted, no extended key usage.
        var config = _folder.Write("req.cnf", """
            [req]
            distinguished_name = dn
            req_extensions = v3
            [dn]
            [v3]
            basicConstraints = critical, CA:FALSE
            keyUsage = nonRepudiation, digitalSignature, keyEncipherment, dataEncipherment, keyCertSign
            subjectAltName = URI:urn:host:NodeOPCUA-Server
            """);
        var request = SigningRequest.Parse(await MadeByOpenSsl("-config", config, "-subj", "/C=FR/O=Sterfive/CN=NodeOPCUA"));
        request.ApplicationUri.ShouldBe("urn:host:NodeOPCUA-Server");
        request.DnsNames.ShouldBeEmpty();
        request.IpAddresses.ShouldBeEmpty();
        request.RequestedKeyUsages!.Value.HasFlag(X509KeyUsageFlags.KeyCertSign).ShouldBeTrue();
        request.RequestedExtendedKeyUsages.ShouldBeNull();
        SubjectName.CommonNameOf(request.Name).ShouldBe("NodeOPCUA");
    }

    [Fact]
    public async Task A_wish_to_be_an_authority_is_seen()
    {
        var request = SigningRequest.Parse(await MadeByOpenSsl("-subj", "/CN=x", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "extendedKeyUsage=serverAuth"));
        request.RequestsCertificateAuthority.ShouldBeTrue();
        request.RequestedExtendedKeyUsages.ShouldBe([CertificateUsages.ServerAuthentication]);
        request.ApplicationUri.ShouldBeNull();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-2")]
    [InlineData("48")]
    public async Task A_request_signed_with_pss_of_any_salt_length_verifies(string salt)
    {
        var der = await MadeByOpenSsl("-subj", "/CN=x", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:" + salt);
        var request = SigningRequest.Parse(der);
        request.SignatureAlgorithm.Scheme.ShouldBe(SignatureScheme.RsaPss);
        der[^1] ^= 1;
        Should.Throw<PkiException>(() => SigningRequest.Parse(der)).Message.ShouldContain("not made by the key");
    }

    [Fact]
    public async Task A_request_without_attributes_and_one_in_pem_are_read()
    {
        SigningRequest.Parse(await MadeByOpenSsl("-subj", "/CN=x")).RequestedExtensions.ShouldBeEmpty();
        var pem = PemEncoding.WriteString("CERTIFICATE REQUEST", Sample.Request());
        SigningRequest.Parse(Encoding.ASCII.GetBytes(pem)).ApplicationUri.ShouldBe(Sample.Uri);
        SigningRequest.Parse(WithoutAttributes()).Subject.ShouldBe("CN=Pump 1, O=Plant");
    }

    [Fact]
    public async Task A_request_signed_with_sha1_is_refused() =>
        Should.Throw<PkiException>(() => SigningRequest.Parse(MadeByOpenSsl("-subj", "/CN=x", "-sha1").GetAwaiter().GetResult())).Message.ShouldContain("SHA1");

    [Fact]
    public void A_request_with_another_key_inside_is_refused()
    {
        // The content of one key, signed by another: no proof of possession.
        var content = SignedBytes.Read(Sample.Request(Sample.Rsa)).Content;
        var forged = SignedBytes.Write(content.Span, Sample.OtherRsa);
        Should.Throw<PkiException>(() => SigningRequest.Parse(forged)).Message.ShouldContain("not made by the key");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("00", "cannot be read")]
    [InlineData("3000", "cannot be read")]
    [InlineData("3082FFFF", "cannot be read")]
    [InlineData("30848FFFFFFF00", "cannot be read")]
    [InlineData("3080300000000000", "cannot be read")]
    [InlineData("2D2D2D2D2D424547494E20582D2D2D2D2D0A", "PEM")]
    public void Malformed_bytes_are_refused_with_a_sentence(string hex, string reason)
    {
        var problem = Should.Throw<PkiException>(() => SigningRequest.Parse(Convert.FromHexString(hex)));
        problem.Message.ShouldStartWith("The signing request");
        problem.Message.ShouldContain(reason);
    }

    [Fact]
    public void Trailing_bytes_oversize_and_truncation_are_refused()
    {
        var der = Sample.Request();
        Should.Throw<PkiException>(() => SigningRequest.Parse([.. der, 0]));
        Should.Throw<PkiException>(() => SigningRequest.Parse(new byte[SigningRequest.LargestSize + 1])).Message.ShouldContain("at most");
        for (var length = 0; length < der.Length; length += 7) Should.Throw<PkiException>(() => SigningRequest.Parse(der.AsSpan(0, length)));
    }

    [Fact]
    public void No_changed_byte_passes_and_none_does_worse_than_a_refusal()
    {
        var der = Sample.Request();
        for (var position = 0; position < der.Length; position++)
        {
            var changed = (byte[])der.Clone();
            changed[position] ^= (byte)(1 << (position % 8));
            Should.Throw<PkiException>(() => SigningRequest.Parse(changed), $"byte {position} changed");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("urn:höst")]
    [InlineData("urn:a\nb")]
    public void An_application_uri_that_peers_cannot_read_is_not_put_in(string uri) =>
        Should.Throw<PkiException>(() => SigningRequest.Create(SubjectName.Parse("CN=x"), Sample.Rsa, uri, [], [])).Message.ShouldContain("ApplicationUri");

    private async Task<byte[]> MadeByOpenSsl(params string[] arguments)
    {
        var (file, key) = (_folder.File("made.der"), _folder.Write("made.key", Sample.Rsa.ExportPem()));
        await OpenSsl.RunAsync(["req", "-new", "-key", key, "-outform", "DER", "-out", file, .. arguments]);
        return await File.ReadAllBytesAsync(file);
    }

    /// <summary>Version, name and key only: the attributes are missing where they should be empty.</summary>
    private static byte[] WithoutAttributes()
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteEncodedValue(SubjectName.Parse("CN=Pump 1/O=Plant").RawData);
            writer.WriteEncodedValue(Sample.Rsa.PublicKey.Der);
        }

        return SignedBytes.Write(writer.Encode(), Sample.Rsa);
    }
}

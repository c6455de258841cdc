using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gds.Core.Applications;
using Gds.Core.Certificates;
using Gds.Core.Requests;
using Gds.Core.State;
using Gds.Store;
using Pki;

namespace Gds.Core.Tests;

public sealed class RequestPolicyTests
{
    private const uint RsaSha256 = CertificateTypes.RsaSha256ApplicationCertificateType;

    private static readonly GroupState Group = new()
    {
        Id = 1,
        Name = "DefaultApplicationGroup",
        Purpose = CertificateTypes.ApplicationCertificateType,
        Types = [RsaSha256, CertificateTypes.EccNistP256ApplicationCertificateType],
        TrustListVersion = 1,
        TrustListUpdatedAt = GdsFixture.Start.UtcDateTime,
    };

    private static ApplicationRecord Record(ApplicationType type = ApplicationType.Server, params string[] urls) => new()
    {
        Id = Guid.NewGuid(),
        RecordId = 1,
        ApplicationUri = "urn:plant:gateway",
        ApplicationType = type,
        Names = [new("en", "Gateway of line 1")],
        ProductUri = "urn:p",
        DiscoveryUrls = urls.Length == 0 && type != ApplicationType.Client ? ["opc.tcp://gateway.plant:4840", "opc.tcp://10.0.0.5:4840"] : urls,
        ServerCapabilities = [],
        RegisteredBy = "x",
        CreatedAt = GdsFixture.Start.UtcDateTime,
        UpdatedAt = GdsFixture.Start.UtcDateTime,
    };

    private static CheckedRequest Check(byte[] csr, uint? type = null, ApplicationRecord? record = null, string organization = "")
        => new RequestPolicy(new GdsCoreOptions { Organization = organization }).CheckSigningRequest(record ?? Record(), Group, type, csr);

    [Theory]
    [InlineData("gateway.plant", "")]
    [InlineData("GATEWAY.Plant", "")]
    [InlineData("", "10.0.0.5")]
    [InlineData("gateway.plant", "10.0.0.5")]
    public void Names_of_the_records_urls_are_taken(string dns, string ip)
    {
        var csr = Sample.Csr(dns: dns.Length == 0 ? [] : [dns], ips: ip.Length == 0 ? [] : [ip]);
        var checkedRequest = Check(csr);
        checkedRequest.Hosts.Dns.ShouldBe(dns.Length == 0 ? [] : [dns]);
        checkedRequest.Hosts.Addresses.Select(a => a.ToString()).ShouldBe(ip.Length == 0 ? [] : [ip]);
        checkedRequest.TypeId.ShouldBe(RsaSha256);
    }

    [Theory]
    [InlineData("other.plant", "", "other.plant")]
    [InlineData("gateway.plant,localhost", "", "localhost")]
    [InlineData("gateway", "", "'gateway'")]
    [InlineData("*.plant", "", "*.plant")]
    [InlineData("gateway.plant", "10.0.0.6", "10.0.0.6")]
    [InlineData("gateway.plant", "127.0.0.1", "127.0.0.1")]
    public void A_host_that_no_url_has_is_refused_by_name(string dns, string ip, string offending)
        => new Action(() => Check(Sample.Csr(dns: dns.Split(','), ips: ip.Length == 0 ? [] : [ip])))
            .ShouldBeRefused(ProblemKind.InvalidArgument, offending);

    [Fact]
    public void A_pushed_server_gets_the_hosts_of_its_record_whatever_else_it_calls_itself()
    {
        var policy = new RequestPolicy(new GdsCoreOptions());
        policy.CheckSigningRequest(Record(), Group, null, Sample.Csr(dns: ["gateway.plant", "vm"], ips: ["10.0.0.6"]), hostsOfRecord: true).Hosts.All.ShouldBe(["gateway.plant", "10.0.0.5"]);
    }

    [Fact]
    public void Localhost_is_taken_where_a_url_has_it()
        => Check(Sample.Csr(dns: ["localhost"]), record: Record(urls: ["opc.tcp://localhost:4840"])).Hosts.Dns.ShouldBe(["localhost"]);

    [Fact]
    public void A_request_without_hosts_gets_those_of_the_record()
    {
        var hosts = Check(Sample.Csr(dns: [])).Hosts;
        hosts.Dns.ShouldBe(["gateway.plant"]);
        hosts.Addresses.Select(a => a.ToString()).ShouldBe(["10.0.0.5"]);
    }

    [Fact]
    public void A_client_that_nobody_connects_to_gets_no_host()
        => Check(Sample.Csr(dns: ["laptop"]), record: Record(ApplicationType.Client)).Hosts.IsEmpty.ShouldBeTrue();

    [Fact]
    public void The_uri_must_be_that_of_the_record()
        => new Action(() => Check(Sample.Csr("urn:plant:other"))).ShouldBeRefused(ProblemKind.InvalidArgument, "urn:plant:other");

    [Fact]
    public void The_uri_is_compared_with_its_case()
        => new Action(() => Check(Sample.Csr("urn:plant:Gateway"))).ShouldBeRefused(ProblemKind.InvalidArgument, "urn:plant:Gateway");

    [Fact]
    public void A_request_without_a_uri_is_refused()
        => new Action(() => Check(PlatformRequest(r => { }))).ShouldBeRefused(ProblemKind.InvalidArgument, "no URI");

    [Fact]
    public void A_second_uri_is_refused()
        => new Action(() => Check(PlatformRequest(r => r.CertificateExtensions.Add(Names("urn:plant:gateway", "urn:plant:other")))))
            .ShouldBeRefused(ProblemKind.InvalidArgument, "urn:plant:other");

    [Fact]
    public void A_request_for_a_ca_is_refused()
        => new Action(() => Check(PlatformRequest(r =>
        {
            r.CertificateExtensions.Add(Names("urn:plant:gateway"));
            r.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        }))).ShouldBeRefused(ProblemKind.InvalidArgument, "certificate authority");

    [Fact]
    public void A_request_whose_signature_is_of_another_key_is_refused()
    {
        var csr = Sample.Csr();
        csr[^1] ^= 1;
        new Action(() => Check(csr)).ShouldBeRefused(ProblemKind.InvalidArgument, "CertificateRequest");
    }

    [Theory]
    [InlineData("")]
    [InlineData("30820100")]
    [InlineData("00FF00FF")]
    public void What_is_no_request_is_refused(string hex)
        => new Action(() => Check(Convert.FromHexString(hex))).ShouldBeRefused(ProblemKind.InvalidArgument, "CertificateRequest");

    [Fact]
    public void A_short_rsa_key_is_refused()
    {
        using var rsa = RSA.Create(1024);
        var request = new CertificateRequest("CN=Gateway", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(Names("urn:plant:gateway"));
        new Action(() => Check(request.CreateSigningRequest())).ShouldBeRefused(ProblemKind.InvalidArgument, "1024");
    }

    [Theory]
    [InlineData(KeyPairKind.Rsa3072, null, RsaSha256)]
    [InlineData(KeyPairKind.Rsa3072, RsaSha256, RsaSha256)]
    [InlineData(KeyPairKind.EccNistP256, null, CertificateTypes.EccNistP256ApplicationCertificateType)]
    [InlineData(KeyPairKind.EccNistP256, RsaSha256, null)]
    [InlineData(KeyPairKind.EccNistP384, null, null)]
    [InlineData(KeyPairKind.Rsa2048, CertificateTypes.EccNistP256ApplicationCertificateType, null)]
    [InlineData(KeyPairKind.Rsa2048, CertificateTypes.EccNistP384ApplicationCertificateType, null)]
    [InlineData(KeyPairKind.Rsa2048, 12558u, null)]
    public void The_key_must_fit_the_type_and_the_type_the_group(KeyPairKind kind, uint? type, uint? chosen)
    {
        using var key = KeyPair.Create(kind);
        var csr = Sample.Csr(key: key);
        if (chosen is { } wanted) Check(csr, type).TypeId.ShouldBe(wanted);
        else new Action(() => Check(csr, type)).ShouldBeRefused(ProblemKind.InvalidArgument);
    }

    [Theory]
    [InlineData("CN=Gateway", "", "CN=Gateway")]
    [InlineData("CN=Gateway", "Plant", "CN=Gateway, O=Plant")]
    [InlineData("CN=Gateway/O=Vendor", "Plant", "CN=Gateway, O=Vendor")]
    public void A_missing_organization_is_the_configured_one(string subject, string organization, string expected)
        => SubjectName.Format(Check(Sample.Csr(subject: subject), organization: organization).Subject).ShouldBe(expected);

    [Fact]
    public void An_empty_subject_is_made_from_the_record()
        => SubjectName.Format(Check(PlatformRequest(r => r.CertificateExtensions.Add(Names("urn:plant:gateway")), ""), organization: "Plant").Subject)
            .ShouldBe("CN=Gateway of line 1, O=Plant");

    [Fact]
    public void A_subject_without_a_common_name_is_refused()
        => new Action(() => Check(PlatformRequest(r => r.CertificateExtensions.Add(Names("urn:plant:gateway")), "O=Plant")))
            .ShouldBeRefused(ProblemKind.InvalidArgument, "common name");

    [Theory]
    [InlineData("CN=Pump/O=Plant", "CN=Pump, O=Plant")]
    [InlineData("CN=Pump, O=Plant", "CN=Pump, O=Plant")]
    [InlineData("", "CN=Gateway of line 1")]
    [InlineData(null, "CN=Gateway of line 1")]
    public void The_subject_of_a_new_key_pair_is_read_in_both_forms(string? subject, string expected)
        => SubjectName.Format(NewKeyPair(subject, null).Subject).ShouldBe(expected);

    [Theory]
    [InlineData("Pump", null, "SubjectName")]
    [InlineData("O=Plant", null, "SubjectName")]
    [InlineData("CN=Pump/XX=1", null, "SubjectName")]
    [InlineData("CN=Pump", "other.plant", "DomainNames has the host 'other.plant'")]
    [InlineData("CN=Pump", "10.9.9.9", "DomainNames has the host '10.9.9.9'")]
    public void Arguments_of_a_new_key_pair_are_refused_by_name(string subject, string? domain, string text)
        => new Action(() => NewKeyPair(subject, domain is null ? null : [domain])).ShouldBeRefused(ProblemKind.InvalidArgument, text);

    [Fact]
    public void Domain_names_left_out_are_those_of_the_record()
    {
        NewKeyPair(null, null).Hosts.All.ShouldBe(["gateway.plant", "10.0.0.5"]);
        NewKeyPair(null, ["", " "]).Hosts.All.ShouldBe(["gateway.plant", "10.0.0.5"]);
        NewKeyPair(null, ["10.0.0.5"]).Hosts.All.ShouldBe(["10.0.0.5"]);
    }

    private static CheckedRequest NewKeyPair(string? subject, string[]? domains)
        => new RequestPolicy(new GdsCoreOptions()).CheckNewKeyPair(Record(), Group, null, subject, domains);

    private static byte[] PlatformRequest(Action<CertificateRequest> edit, string subject = "CN=Gateway")
    {
        var request = new CertificateRequest(new X500DistinguishedName(subject), Sample.Key.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        edit(request);
        return request.CreateSigningRequest();
    }

    private static X509Extension Names(params string[] uris)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var uri in uris) writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6));
        }
        return new X509Extension("2.5.29.17", writer.Encode(), false);
    }
}

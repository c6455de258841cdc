using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

/// <summary>A plant whose certificates and lists are all made by openssl.</summary>
public class OpenSslMaterialTests
{
    private const string Config = """
        [ca]
        default_ca = plant
        [plant]
        database = {0}/index.txt
        new_certs_dir = {0}
        serial = {0}/serial
        crlnumber = {0}/crlnumber
        default_md = sha256
        default_crl_days = 30
        policy = any
        [any]
        commonName = supplied
        [ca_ext]
        basicConstraints = critical,CA:TRUE
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        [leaf_ext]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment
        extendedKeyUsage = serverAuth,clientAuth
        subjectAltName = URI:urn:host-7:plant:pump,DNS:host-7
        authorityKeyIdentifier = keyid
        [crl_ext]
        authorityKeyIdentifier = keyid
        [req]
        distinguished_name = dn
        [dn]
        """;

    [Fact]
    public async Task A_chain_and_a_revocation_made_by_openssl_are_judged_rightly()
    {
        using var temp = new TempFolder();
        var config = temp.Write("openssl.cnf", Config.Replace("{0}", temp.FullPath, StringComparison.Ordinal));
        temp.Write("index.txt", "");
        temp.Write("serial", "1000\n");
        temp.Write("crlnumber", "01\n");
        await OpenSsl.RunAsync("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", temp.File("ca.key"), "-out", temp.File("ca.pem"), "-days", "100", "-subj", "/CN=openssl CA", "-config", config, "-extensions", "ca_ext");
        await OpenSsl.RunAsync("req", "-newkey", "rsa:2048", "-nodes", "-keyout", temp.File("pump.key"), "-out", temp.File("pump.csr"), "-subj", "/CN=Pump", "-config", config);
        string[] ca = ["ca", "-batch", "-config", config, "-cert", temp.File("ca.pem"), "-keyfile", temp.File("ca.key")];
        await OpenSsl.RunAsync([.. ca, "-in", temp.File("pump.csr"), "-out", temp.File("pump.pem"), "-days", "50", "-extensions", "leaf_ext", "-notext"]);
        await OpenSsl.RunAsync([.. ca, "-gencrl", "-crlexts", "crl_ext", "-out", temp.File("empty.crl")]);

        using var folder = new TrustFolder(temp.File("pki"), TrustFolderLayouts.SpecAnnexF, TimeProvider.System, NullLogger<TrustFolder>.Instance);
        folder.CreateDirectories();
        var leaf = PemFile.ReadCertificates(File.ReadAllBytes(temp.File("pump.pem"))).Single();
        var validator = Plant.Validator(folder, time: TimeProvider.System);
        File.Copy(temp.File("ca.pem"), Path.Combine(folder.Paths.TrustedCertificates, "ca.pem"));
        (await validator.ValidateAsync(Plant.Client(leaf))).StatusCode.ShouldBe(StatusCodes.BadCertificateRevocationUnknown);

        File.Copy(temp.File("empty.crl"), Path.Combine(folder.Paths.TrustedCrls!, "ca.crl"));
        var accepted = await validator.ValidateAsync(Plant.Client(leaf));
        accepted.IsAccepted.ShouldBeTrue(accepted.Text);

        await OpenSsl.RunAsync([.. ca, "-revoke", temp.File("pump.pem"), "-crl_reason", "keyCompromise"]);
        await OpenSsl.RunAsync([.. ca, "-gencrl", "-crlexts", "crl_ext", "-out", temp.File("full.crl")]);
        File.Copy(temp.File("full.crl"), Path.Combine(folder.Paths.TrustedCrls!, "ca.crl"), overwrite: true);
        var revoked = await validator.ValidateAsync(Plant.Client(leaf));
        revoked.StatusCode.ShouldBe(StatusCodes.BadCertificateRevoked, revoked.Text);
        revoked.Text.ShouldContain("KeyCompromise");
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using Pki;
using TestKit;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

public class ApplicationIdentityTests
{
    private const string Prefix = "http://opcfoundation.org/UA/SecurityPolicy#";

    [Fact]
    public async Task The_first_start_makes_a_key_and_a_certificate_that_openssl_accepts()
    {
        using var plant = new PlantFolder(time: TimeProvider.System);
        using var identity = plant.Identity();
        var own = (await identity.OpenAsync()).Primary;

        own.Certificate.ApplicationUri.ShouldBe($"urn:{LocalHostNames.HostName}:pump");
        own.Certificate.DnsNames.ShouldContain(LocalHostNames.HostName);
        own.Certificate.IpAddresses.ShouldBe(LocalHostNames.Addresses(), ignoreOrder: true);
        own.Kind.ShouldBe(KeyPairKind.Rsa2048);
        own.Issuers.ShouldBeEmpty();
        var key = Directory.EnumerateFiles(plant.Folder.Paths.OwnPrivateKeys).Single();
        OwnerOnlyDirectory.IsReadableByOthers(key).ShouldBeFalse();
        (await OpenSsl.RunAsync("pkey", "-in", key, "-check", "-noout")).ShouldContain("Key is valid");
        var certificate = Directory.EnumerateFiles(plant.Folder.Paths.OwnCertificates).Single();
        (await OpenSsl.RunAsync("x509", "-inform", "DER", "-in", certificate, "-noout", "-text")).ShouldContain($"URI:{own.Certificate.ApplicationUri}");
    }

    [Fact]
    public async Task The_second_start_finds_the_same_certificate()
    {
        using var plant = new PlantFolder();
        using var first = plant.Identity();
        using var second = plant.Identity();
        var certificate = (await first.OpenAsync()).Primary.Certificate;
        (await second.OpenAsync()).Primary.Certificate.ShouldBe(certificate);
        plant.Names("own/certs").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Options_decide_what_the_first_certificate_says()
    {
        using var plant = new PlantFolder("ua-netstandard");
        var options = new ApplicationIdentityOptions
        {
            ApplicationName = "Boiler",
            ApplicationUri = "urn:plant:boiler",
            Organization = "Plant",
            HostNames = { "boiler.example", "192.0.2.9" },
            KeyKind = KeyPairKind.EccNistP256,
            PrivateKeyPassword = _ => "secret",
        };
        using var identity = plant.Identity(options);
        var own = (await identity.OpenAsync()).Primary.Certificate;
        own.Subject.ShouldBe("CN=Boiler, O=Plant");
        own.ApplicationUri.ShouldBe("urn:plant:boiler");
        own.DnsNames.ShouldContain("boiler.example");
        own.IpAddresses.Select(a => a.ToString()).ShouldContain("192.0.2.9");
        plant.Names("own/private").Single().ShouldBe($"Boiler [{own.Thumbprint}].pfx");
        using var again = plant.Identity(options);
        (await again.OpenAsync()).Primary.Certificate.ShouldBe(own);
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("encrypted pem")]
    [InlineData("der")]
    [InlineData("pfx")]
    public async Task Keys_are_read_in_every_form(string form)
    {
        using var plant = new PlantFolder();
        var own = Plant.Root.Issue(Plant.Pump);
        plant.Write("trusted/certs/root.der", Plant.Root.Certificate.Der);
        var key = own.Pair;
        switch (form)
        {
            case "pem": plant.Write("own/private/a.pem", Encoding.ASCII.GetBytes(key.ExportPem())); break;
            case "encrypted pem": plant.Write("own/private/a.pem", Encoding.ASCII.GetBytes(key.ExportEncryptedPem("secret"))); break;
            case "der": plant.Write("own/private/a.key", key.ExportPkcs8()); break;
            default: plant.Write("own/private/a.pfx", PfxFile.Build(own.Certificate, key, [], "secret")); break;
        }

        if (form != "pfx") plant.Write("own/certs/b.der", own.Certificate.Der);
        using var identity = plant.Identity(new ApplicationIdentityOptions { CreateIfMissing = false, PrivateKeyPassword = _ => form is "pem" or "der" ? null : "secret" });
        var found = (await identity.OpenAsync()).Primary;
        found.Certificate.ShouldBe(own.Certificate);
        found.ChainBytes.ShouldBe([.. own.Certificate.Der, .. Plant.Root.Certificate.Der]);
        identity.Current.ApplicationUri.ShouldBe(Plant.Uri);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_stop_the_start_and_are_not_overwritten()
    {
        using var plant = new PlantFolder();
        var pump = Plant.SelfSigned(Plant.Pump);
        plant.Write("own/certs/pump.der", pump.Der);
        plant.Write("own/private/other.pem", Encoding.ASCII.GetBytes(Plant.Root.Pair.ExportPem()));
        using var identity = plant.Identity();
        var error = await Should.ThrowAsync<UaException>(() => identity.OpenAsync());
        error.StatusCode.ShouldBe(StatusCodes.BadConfigurationError);
        error.Message.ShouldContain("no private key");
        error.Message.ShouldContain(pump.Thumbprint);
        plant.Names("own/certs").ShouldBe(["pump.der"]);
        plant.Names("own/private").ShouldBe(["other.pem"]);
    }

    [Fact]
    public async Task A_key_without_its_password_is_named()
    {
        using var plant = new PlantFolder();
        plant.Write("own/certs/pump.der", Plant.SelfSigned(Plant.Pump).Der);
        plant.Write("own/private/pump.pem", Encoding.ASCII.GetBytes(new Signer(Plant.SelfSigned(Plant.Pump), Plant.Key(2)).Pair.ExportEncryptedPem("secret")));
        using var identity = plant.Identity();
        (await Should.ThrowAsync<UaException>(() => identity.OpenAsync())).Message.ShouldContain("encrypted and no password was given");
    }

    [Fact]
    public async Task A_new_certificate_without_its_key_does_not_replace_the_one_in_force()
    {
        using var plant = new PlantFolder();
        using var identity = plant.Identity();
        var before = (await identity.OpenAsync()).Primary.Certificate;
        foreach (var file in Directory.EnumerateFiles(plant.Folder.Paths.OwnCertificates)) File.Delete(file);
        plant.Write("own/certs/new.der", Plant.SelfSigned(Plant.Pump).Der);
        await identity.RefreshAsync();
        identity.Current.Primary.Certificate.ShouldBe(before);
        identity.Problem.ShouldNotBeNull().ShouldContain("no private key");

        plant.Write("own/private/new.pem", Encoding.ASCII.GetBytes(new Signer(Plant.SelfSigned(Plant.Pump), Plant.Key(2)).Pair.ExportPem()));
        await identity.RefreshAsync();
        identity.Current.Primary.Certificate.CommonName.ShouldBe("Pump 1");
        identity.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_watches_hears_of_a_renewal()
    {
        using var plant = new PlantFolder(time: TimeProvider.System);
        using var identity = plant.Identity();
        await identity.OpenAsync();
        using var stop = new CancellationTokenSource();
        var heard = new TaskCompletionSource();
        identity.Changed += () => heard.TrySetResult();
        var watching = identity.WatchAsync(stop.Token);
        var now = TimeProvider.System.GetUtcNow();
        var renewed = Signer.SelfSigned(Plant.Pump with { From = now.AddMinutes(-1), To = now.AddDays(9) });
        plant.Write("own/private/new.pem", Encoding.ASCII.GetBytes(renewed.Pair.ExportPem()));
        plant.Write("own/certs/new.der", renewed.Certificate.Der);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
        identity.Current.Primary.Certificate.ShouldBe(renewed.Certificate);
        await stop.CancelAsync();
        await watching;
    }

    [Fact]
    public void The_policy_of_a_channel_chooses_the_certificate()
    {
        var rsa = Plant.Root.Issue(Plant.Pump);
        var curve = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var ecc = Plant.Root.Issue(new Shape("Pump 1", curve) { Usages = X509KeyUsageFlags.DigitalSignature });
        var identity = new ApplicationIdentity(new IdentityCertificate(rsa.Certificate, rsa.Pair, []), new IdentityCertificate(ecc.Certificate, ecc.Pair, []));
        identity.Primary.Certificate.ShouldBe(rsa.Certificate);
        identity.For(Prefix + "Basic256Sha256")!.Certificate.ShouldBe(rsa.Certificate);
        identity.For(Prefix + "ECC_nistP256")!.Certificate.ShouldBe(ecc.Certificate);
        identity.For(Prefix + "ECC_brainpoolP384r1").ShouldBeNull();
        identity.WithThumbprint(ecc.Certificate.ThumbprintBytes)!.Certificate.ShouldBe(ecc.Certificate);
        identity.WithThumbprint(new byte[20]).ShouldBeNull();
    }

    [Fact]
    public void The_names_of_this_machine_are_fit_for_a_certificate()
    {
        LocalHostNames.Names().ShouldContain(LocalHostNames.HostName);
        LocalHostNames.Names().ShouldNotContain("localhost");
        LocalHostNames.Addresses().ShouldAllBe(a => !System.Net.IPAddress.IsLoopback(a) && !a.IsIPv6LinkLocal);
    }
}

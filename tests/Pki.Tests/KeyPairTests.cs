using TestKit;

namespace Pki.Tests;

public sealed class KeyPairTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<KeyPairKind> Kinds =>
    [
        KeyPairKind.Rsa2048, KeyPairKind.Rsa3072, KeyPairKind.EccNistP256, KeyPairKind.EccNistP384, KeyPairKind.EccBrainpoolP256r1, KeyPairKind.EccBrainpoolP384r1,
    ];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public void A_key_survives_each_form_and_signs(KeyPairKind kind)
    {
        using var key = KeyPair.Create(kind);
        key.Kind.ShouldBe(kind);
        key.PublicKey.SizeInBits.ShouldBe(kind.SizeInBits());
        using var plain = KeyPair.ImportPem(key.ExportPem());
        using var der = KeyPair.Import(key.ExportPkcs8());
        using var encrypted = KeyPair.ImportPem(key.ExportEncryptedPem("pass word"), "pass word");
        foreach (var each in new[] { plain, der, encrypted })
        {
            each.Matches(key.PublicKey).ShouldBeTrue();
            var signature = each.Sign("data"u8);
            key.PublicKey.Verify("data"u8, signature, key.SignatureAlgorithm).ShouldBeTrue();
            key.PublicKey.Verify("Data"u8, signature, key.SignatureAlgorithm).ShouldBeFalse();
            signature[^1] ^= 1;
            key.PublicKey.Verify("data"u8, signature, key.SignatureAlgorithm).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_wrong_or_missing_password_is_said()
    {
        using var key = KeyPair.Create(KeyPairKind.EccNistP256);
        var pem = key.ExportEncryptedPem("right");
        Should.Throw<PkiException>(() => KeyPair.ImportPem(pem, "wrong")).Message.ShouldContain("password is wrong");
        Should.Throw<PkiException>(() => KeyPair.ImportPem(pem)).Message.ShouldContain("no password");
        Should.Throw<PkiException>(() => key.ExportEncryptedPem("")).Message.ShouldContain("empty password");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAoCAQAwBQYDKgME\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMAA=\n-----END RSA PRIVATE KEY-----")]
    public void What_is_no_key_is_refused(string text) =>
        Should.Throw<PkiException>(() => KeyPair.Import(System.Text.Encoding.ASCII.GetBytes(text), "x")).Message.ShouldStartWith("The ");

    [Fact]
    public async Task Openssl_reads_our_encrypted_key()
    {
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var file = _folder.Write("key.pem", key.ExportEncryptedPem("secret"));
        (await OpenSsl.RunAsync("pkey", "-in", file, "-passin", "pass:secret", "-noout", "-check")).ShouldContain("Key is valid");
        (await OpenSsl.TryRunAsync("pkey", "-in", file, "-passin", "pass:wrong", "-noout")).ExitCode.ShouldNotBe(0);
        (await OpenSsl.RunAsync("asn1parse", "-in", file)).ShouldContain("aes-256-cbc");
    }

    [Theory]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY", null)]
    [InlineData("genrsa -traditional -out KEY 2048", null)]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -aes-128-cbc -pass pass:abc -out KEY", "abc")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:abc -out KEY", "abc")]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -outform DER -out KEY", null)]
    [InlineData("ecparam -name secp384r1 -genkey -noout -out KEY", null)]
    [InlineData("ecparam -name brainpoolP256r1 -genkey -noout -outform DER -out KEY", null)]
    public async Task We_read_what_openssl_writes(string command, string? password)
    {
        var file = _folder.File("key");
        await OpenSsl.RunAsync(command.Replace("KEY", file, StringComparison.Ordinal).Split(' '));
        using var key = KeyPair.Import(await File.ReadAllBytesAsync(file), password);
        key.PublicKey.Verify("data"u8, key.Sign("data"u8), key.SignatureAlgorithm).ShouldBeTrue();
    }

    [Theory]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out KEY", "RSA 1024")]
    [InlineData("genpkey -algorithm ED25519 -out KEY", "1.3.101.112")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out KEY", "not supported")]
    public async Task A_key_of_another_kind_is_refused_by_name(string command, string reason)
    {
        var file = _folder.File("key");
        await OpenSsl.RunAsync(command.Replace("KEY", file, StringComparison.Ordinal).Split(' '));
        Should.Throw<PkiException>(() => KeyPair.Import(File.ReadAllBytes(file))).Message.ShouldContain(reason);
    }

    [Fact]
    public async Task One_key_signs_on_many_threads()
    {
        using var rsa = KeyPair.Create(KeyPairKind.Rsa2048);
        using var ecc = KeyPair.Create(KeyPairKind.EccNistP256);
        await Parallel.ForAsync(0, 400, (n, _) =>
        {
            foreach (var key in new[] { rsa, ecc })
            {
                var data = BitConverter.GetBytes(n);
                key.PublicKey.Verify(data, key.Sign(data), key.SignatureAlgorithm).ShouldBeTrue();
            }

            return ValueTask.CompletedTask;
        });
    }
}

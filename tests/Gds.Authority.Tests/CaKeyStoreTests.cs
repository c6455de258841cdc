using Microsoft.Extensions.Time.Testing;
using Pki;
using TestKit;

namespace Gds.Authority.Tests;

public sealed class CaKeyStoreTests : IDisposable
{
    private const string Group = "DefaultApplicationGroup";
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    private string KeyFile => _folder.File("ca", Group, "ca.key.pem");

    private string CertificateFile => _folder.File("ca", Group, "ca.pem");

    private string SecretFile => _folder.File("ca", "ca.secret");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_first_start_makes_secret_key_and_certificate_for_their_owner_only()
    {
        var first = await CreateAsync();
        (await File.ReadAllTextAsync(KeyFile)).ShouldContain("BEGIN ENCRYPTED PRIVATE KEY");
        Convert.FromBase64String((await File.ReadAllTextAsync(SecretFile)).Trim()).Length.ShouldBe(32);
        foreach (var path in new[] { KeyFile, SecretFile, _folder.File("ca"), _folder.File("ca", Group) }) OwnerOnlyDirectory.IsReadableByOthers(path).ShouldBeFalse(path);

        using var again = Store();
        (await again.OpenAsync(Group)).Certificate.ShouldBe(first);
        (await again.OpenAsync(Group)).ShouldBeSameAs(await again.OpenOrCreateAsync(Group));
        again.List().ShouldBe([Group]);
    }

    [Fact]
    public async Task Openssl_opens_the_key_with_the_secret_and_with_nothing_else()
    {
        await CreateAsync();
        (await OpenSsl.RunAsync("pkey", "-in", KeyFile, "-passin", "file:" + SecretFile, "-noout", "-check")).ShouldContain("Key is valid");
        (await OpenSsl.TryRunAsync("pkey", "-in", KeyFile, "-passin", "pass:", "-noout")).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_creation_killed_before_the_key_is_done_again()
    {
        await CreateAsync();
        File.Delete(CertificateFile);
        File.Delete(KeyFile);
        var leftover = Path.Combine(_folder.File("ca", Group), ".ca.key.pem.0123456789ab.writing");
        await File.WriteAllTextAsync(leftover, "half a key");
        var secret = await File.ReadAllTextAsync(SecretFile);
        await CreateAsync();
        File.Exists(leftover).ShouldBeFalse();
        (await File.ReadAllTextAsync(SecretFile)).ShouldBe(secret);
    }

    [Fact]
    public async Task A_creation_killed_between_key_and_certificate_is_finished_with_that_key()
    {
        var key = (await CreateAsync()).PublicKey;
        File.Delete(CertificateFile);
        using (var reader = Store()) reader.List().ShouldBeEmpty();
        (await CreateAsync()).PublicKey.ShouldBe(key);
    }

    [Fact]
    public async Task A_certificate_without_its_key_is_never_replaced()
    {
        await CreateAsync();
        var before = await File.ReadAllBytesAsync(CertificateFile);
        File.Delete(KeyFile);
        (await RefusedAsync()).ShouldContain("no private key");
        (await File.ReadAllBytesAsync(CertificateFile)).ShouldBe(before);
        File.Exists(KeyFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_secret_is_said_and_changes_nothing()
    {
        await CreateAsync();
        var key = await File.ReadAllBytesAsync(KeyFile);
        await File.WriteAllTextAsync(SecretFile, new string('x', 44));
        var text = await RefusedAsync();
        text.ShouldContain("password is wrong");
        text.ShouldContain(SecretFile);
        text.ShouldNotContain("xxxx");
        (await File.ReadAllBytesAsync(KeyFile)).ShouldBe(key);
    }

    [Fact]
    public async Task A_lost_secret_is_not_replaced_while_keys_need_it()
    {
        await CreateAsync();
        File.Delete(SecretFile);
        (await RefusedAsync()).ShouldContain("Put the file back");
        File.Delete(CertificateFile);
        (await RefusedAsync()).ShouldContain("Put the file back");
        using var store = Store();
        (await Should.ThrowAsync<AuthorityException>(() => store.OpenOrCreateAsync("Other"))).Fault.ShouldBe(AuthorityFault.KeyUnavailable);
        File.Exists(SecretFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_certificate_beside_the_key_is_refused()
    {
        await CreateAsync();
        using var other = KeyPair.Create(KeyPairKind.EccNistP256);
        var stray = CertificateAuthority.SelfSign(other, SubjectName.Parse("CN=x"), TimeSpan.FromDays(1), _time);
        await File.WriteAllTextAsync(CertificateFile, PemFile.Write(stray));
        (await RefusedAsync()).ShouldContain("does not belong");
        await File.WriteAllTextAsync(CertificateFile, "nonsense");
        (await RefusedAsync()).ShouldContain("cannot be read");
        using var key = KeyPair.ImportPem(await File.ReadAllTextAsync(KeyFile), (await File.ReadAllTextAsync(SecretFile)).Trim());
        var leaf = SelfSignedCertificate.Create("urn:x", SubjectName.Parse("CN=x"), [], [], key, TimeSpan.FromDays(1), _time);
        await File.WriteAllTextAsync(CertificateFile, PemFile.Write(leaf));
        (await RefusedAsync()).ShouldContain("not that of an authority");
    }

    [Fact]
    public async Task Groups_have_authorities_of_their_own()
    {
        using var store = Store(o => o.CaKeyKind = KeyPairKind.EccNistP384);
        var first = await store.OpenOrCreateAsync("A");
        var second = await store.OpenOrCreateAsync("B-2_x");
        first.Certificate.PublicKey.ShouldNotBe(second.Certificate.PublicKey);
        first.Certificate.CommonName.ShouldBe("GDS CA A");
        (await store.OpenOrCreateAsync("a")).ShouldBeSameAs(first);
        store.List().ShouldBe(["A", "B-2_x"]);
        (await Should.ThrowAsync<AuthorityException>(() => store.OpenAsync("C"))).Message.ShouldContain("no certificate authority");
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("nul")]
    [InlineData("Com1")]
    [InlineData("ä")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_group_name_that_is_no_folder_name_is_refused(string group)
    {
        using var store = Store();
        (await Should.ThrowAsync<AuthorityException>(() => store.OpenOrCreateAsync(group))).Fault.ShouldBe(AuthorityFault.InvalidRequest);
        Directory.Exists(_folder.File("ca")).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_starts_at_once_end_with_one_authority()
    {
        using var one = Store(o => o.CaKeyKind = KeyPairKind.EccNistP256);
        using var two = Store(o => o.CaKeyKind = KeyPairKind.EccNistP256);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                return (await (n % 2 == 0 ? one : two).OpenOrCreateAsync(Group)).Certificate;
            }
            catch (AuthorityException e) when (e.Message.Contains("Another process", StringComparison.Ordinal))
            {
                return null;
            }
        })));
        results.Where(c => c is not null).Distinct().ShouldHaveSingleItem();
    }

    private CaKeyStore Store(Action<AuthorityOptions>? change = null) => AuthorityFixture.Store(_folder, _time, change);

    private async Task<ApplicationCertificate> CreateAsync()
    {
        using var store = Store(o => o.CaKeyKind = KeyPairKind.EccNistP256);
        return (await store.OpenOrCreateAsync(Group)).Certificate;
    }

    private async Task<string> RefusedAsync()
    {
        using var store = Store();
        var problem = await Should.ThrowAsync<AuthorityException>(() => store.OpenOrCreateAsync(Group));
        problem.Fault.ShouldBe(AuthorityFault.KeyUnavailable);
        return problem.Message;
    }
}

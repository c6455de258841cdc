using TestKit;

namespace Pki.Tests;

public sealed class KeystoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("changeit")]
    [InlineData("")]
    public async Task One_entry_is_replaced_and_the_others_stay(string password)
    {
        var first = Sample.SelfSigned(subject: "CN=First");
        var other = Sample.SelfSigned(Sample.OtherRsa, "CN=Other");
        var store = Keystore.Read(Keystore.Empty(password).With("server", first, Sample.Rsa, []), password);
        store = Keystore.Read(store.With("client", other, Sample.OtherRsa, []), password);
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var renewed = Sample.SelfSigned(key, "CN=Renewed");
        var authority = Sample.Authority(Sample.OtherRsa);

        var bytes = store.With("SERVER", renewed, key, [authority]);

        var entries = Keystore.Read(bytes, password).Entries();
        entries.Select(e => (e.Alias, e.Content.Certificate)).ShouldBe([("client", other), ("SERVER", renewed)], ignoreOrder: true);
        entries.ShouldAllBe(e => e.Content.Key.Matches(e.Content.Certificate.PublicKey));
        Keystore.Read(Keystore.Read(bytes, password).Without(["client"]), password).Entries().ShouldHaveSingleItem().Content.Certificate.ShouldBe(renewed);
        var text = await OpenSsl.RunAsync("pkcs12", "-info", "-in", _folder.Write("store.pfx", bytes), "-passin", "pass:" + password, "-nodes");
        text.ShouldContain("friendlyName: client");
        text.ShouldContain("friendlyName: SERVER");
        text.Split("BEGIN PRIVATE KEY").Length.ShouldBe(3);
        text.Split("BEGIN CERTIFICATE").Length.ShouldBe(4);
        text.ShouldNotContain("CN=First");
    }

    [Fact]
    public async Task A_keystore_of_openssl_is_taken_over()
    {
        var certificate = Sample.SelfSigned();
        await OpenSsl.RunAsync(
            "pkcs12", "-export", "-name", "server-ai", "-in", _folder.Write("c.pem", PemFile.Write(certificate)), "-inkey", _folder.Write("k.pem", Sample.Rsa.ExportPem()), "-out", _folder.File("s.pfx"), "-passout", "pass:abc");
        var bytes = await File.ReadAllBytesAsync(_folder.File("s.pfx"));
        var entry = Keystore.Read(bytes, "abc").Entries().ShouldHaveSingleItem();
        (entry.Alias, entry.Content.Certificate).ShouldBe(("server-ai", certificate));
        PfxFile.LooksLikePfx(bytes).ShouldBeTrue();
        PfxFile.LooksLikePfx(Sample.Rsa.ExportPkcs8()).ShouldBeFalse();
        PfxFile.LooksLikePfx(certificate.Der).ShouldBeFalse();
        PfxFile.LooksLikePfx("text"u8).ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_opened_says_so()
    {
        var bytes = Keystore.Empty("abc").With("a", Sample.SelfSigned(), Sample.Rsa, []);
        Should.Throw<PkiException>(() => Keystore.Read(bytes, "falsch")).Message.ShouldContain("password is wrong");
        Should.Throw<PkiException>(() => Keystore.Read("nonsense"u8, "abc")).Message.ShouldContain("cannot be opened");
        Should.Throw<PkiException>(() => Keystore.Empty("abc").With("a", Sample.SelfSigned(), Sample.OtherRsa, [])).Message.ShouldContain("does not belong");
    }
}

using System.Security.Cryptography;
using TestKit;

namespace Pki.Tests;

/// <summary>Keys made with entropy from outside: sound by the word of openssl, and really made from both sources.</summary>
public sealed class MixedKeyTests : IDisposable
{
    private static readonly byte[] s_own = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
    private static readonly byte[] s_nonce = [.. Enumerable.Range(0, 32).Select(i => (byte)(255 - i))];

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(KeyPairKind.Rsa2048)]
    [InlineData(KeyPairKind.Rsa3072)]
    [InlineData(KeyPairKind.EccNistP256)]
    [InlineData(KeyPairKind.EccNistP384)]
    [InlineData(KeyPairKind.EccBrainpoolP256r1)]
    public async Task Openssl_finds_nothing_wrong_with_the_key(KeyPairKind kind)
    {
        using var key = KeyPair.Create(kind, s_nonce);
        key.Kind.ShouldBe(kind);
        var file = _folder.Write("key.pem", key.ExportPem());
        (await OpenSsl.RunAsync("pkey", "-in", file, "-noout", "-check")).ShouldContain("valid");
        var data = RandomNumberGenerator.GetBytes(100);
        key.PublicKey.Verify(data, key.Sign(data), key.SignatureAlgorithm).ShouldBeTrue();
    }

    [Theory]
    [InlineData(KeyPairKind.Rsa2048)]
    [InlineData(KeyPairKind.EccNistP256)]
    public void Each_of_the_two_sources_decides(KeyPairKind kind)
    {
        var first = Make(s_own, s_nonce);
        Make(s_own, s_nonce).ShouldBe(first, "the same entropy gives the same key, so that nothing else comes in");
        Make(s_own, [.. s_nonce[..^1], 1]).ShouldNotBe(first);
        Make([.. s_own[..^1], 1], s_nonce).ShouldNotBe(first);

        byte[] Make(byte[] own, byte[] brought)
        {
            using var mix = new EntropyMix(own, brought);
            using var key = KeyPair.Create(kind, mix);
            return key.PublicKey.Der;
        }
    }

    [Fact]
    public void The_same_nonce_gives_another_key_every_time()
    {
        using var one = KeyPair.Create(KeyPairKind.EccNistP256, s_nonce);
        using var two = KeyPair.Create(KeyPairKind.EccNistP256, s_nonce);
        one.PublicKey.ShouldNotBe(two.PublicKey);
    }

    [Fact]
    public void A_long_run_of_bytes_does_not_repeat_itself()
    {
        using var mix = new EntropyMix(s_own, s_nonce);
        var bytes = new byte[64 * 1000];
        foreach (var part in bytes.Chunk(48).Index()) mix.Fill(bytes.AsSpan(part.Index * 48, part.Item.Length));
        bytes.Chunk(64).Select(Convert.ToHexString).Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public void Too_little_of_our_own_is_refused() => Should.Throw<ArgumentException>(() => new EntropyMix(s_own.AsSpan(1), s_nonce));

    public void Dispose() => _folder.Dispose();
}

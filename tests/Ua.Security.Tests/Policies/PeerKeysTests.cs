using System.Security.Cryptography;

namespace Ua.Security.Tests.Policies;

public class PeerKeysTests
{
    private int _opened;

    [Fact]
    public void A_certificate_that_comes_back_is_not_opened_again()
    {
        var keys = new PeerKeys();
        var first = keys.Get([1, 2, 3], Open);
        keys.Get([1, 2, 3], Open).ShouldBeSameAs(first);
        keys.Get([1, 2, 4], Open).ShouldNotBeSameAs(first);
        _opened.ShouldBe(2);
    }

    [Fact]
    public void A_key_that_was_dropped_can_still_be_used()
    {
        var keys = new PeerKeys();
        using var own = RSA.Create(2048);
        var first = keys.Get([0], _ => RSA.Create(own.ExportParameters(includePrivateParameters: false)));
        for (var i = 0; i < PeerKeys.MostKept; i++) keys.Get(BitConverter.GetBytes(i + 1), Open);
        keys.Get([0], Open).ShouldNotBeSameAs(first);
        byte[] data = [7];
        first.VerifyData(data, own.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    [Fact]
    public void What_cannot_be_opened_is_asked_for_again()
    {
        var keys = new PeerKeys();
        Should.Throw<CryptographicException>(() => keys.Get([1], _ => throw new CryptographicException()));
        keys.Get([1], Open).ShouldNotBeNull();
    }

    private RSA Open(ReadOnlySpan<byte> certificate)
    {
        _opened++;
        return RSA.Create();
    }
}

using System.Security.Cryptography;
using Gds.Core.Protection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gds.Core.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new GdsCoreOptions().Faults().ShouldBeEmpty();

    [Theory]
    [InlineData("CertificateLifetimeDays", "0", "Gds:CertificateLifetimeDays is 0; it must be 1 to 3650.")]
    [InlineData("CrlLifetimeDays", "1", "Gds:CrlLifetimeDays is 1")]
    [InlineData("CrlRenewalDays", "20", "Gds:CrlRenewalDays is 20; it must be at most half of CrlLifetimeDays, which is 30.")]
    [InlineData("NewKeySize", "1024", "Gds:NewKeySize is 1024")]
    [InlineData("MaxOpenRequests", "0", "Gds:MaxOpenRequests is 0")]
    [InlineData("RequestRetentionDays", "0", "Gds:RequestRetentionDays is 0")]
    [InlineData("TokenRetentionDays", "-1", "Gds:TokenRetentionDays is -1")]
    [InlineData("AuditRetentionDays", "-1", "Gds:AuditRetentionDays is -1")]
    [InlineData("PasswordIterations", "1000", "Gds:PasswordIterations is 1000")]
    [InlineData("MinPasswordLength", "4", "Gds:MinPasswordLength is 4")]
    [InlineData("TrustListUpdateMinutes", "0", "Gds:TrustListUpdateMinutes is 0")]
    public void A_wrong_setting_of_the_configuration_is_named(string key, string value, string text)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Gds:{key}", value)]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddGdsCore().BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<GdsCoreOptions>>().Value).Message.ShouldContain(text);
    }

    [Fact]
    public void The_configuration_wins_over_the_hosts_defaults()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Gds:Organization", "Plant")]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddGdsCore(o => (o.Organization, o.NewKeySize) = ("Default", 4096)).BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<GdsCoreOptions>>().Value;
        (options.Organization, options.NewKeySize).ShouldBe(("Plant", 4096));
    }

    [Fact]
    public void A_sealed_text_opens_with_its_key_and_purpose_only()
    {
        var (key, other) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        byte[] secret = [1, 2, 3, 4];
        var text = SealedText.Seal(key, "a", secret);
        SealedText.Open(key, "a", text).ShouldBe(secret);
        SealedText.Seal(key, "a", secret).ShouldNotBe(text);
        SealedText.Open(key, "a", SealedText.Seal(key, "a", [])).ShouldBeEmpty();
        Should.Throw<CryptographicException>(() => SealedText.Open(other, "a", text));
        Should.Throw<CryptographicException>(() => SealedText.Open(key, "b", text));
        Should.Throw<CryptographicException>(() => SealedText.Open(key, "a", text.AsSpan(0, 20)));
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => SealedText.Open(key, "a", changed), $"byte {i}");
        }
    }
}
